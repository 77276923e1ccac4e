//! What a derive stands on: the fields of a struct and what they are called on the wire, the variants of an enum, and
//! what can be seen of a type without knowing it.

use proc_macro2::{Span, TokenStream};
use syn::ext::IdentExt;
use syn::spanned::Spanned;
use syn::{
    Attribute, Data, DeriveInput, Field, Fields, GenericArgument, Generics, LitStr, PathArguments,
    Type, TypeParamBound, TypePath, Variant,
};

use crate::attr;
use crate::errors::Errors;

/// The named fields of the struct, or none and an error that says what `derive` is for.
pub(crate) fn named_fields<'a>(
    node: &'a DeriveInput,
    derive: &str,
    errors: &mut Errors,
) -> impl Iterator<Item = &'a Field> + use<'a> {
    let fields = match &node.data {
        Data::Struct(data) => match &data.fields {
            Fields::Named(fields) => Some(&fields.named),
            _ => None,
        },
        _ => None,
    };
    if fields.is_none() {
        let message = "can be derived for a struct with named fields only, as `struct Name { .. }`";
        errors.at(&node.ident, format_args!("`{derive}` {message}"));
    }
    fields.into_iter().flatten()
}

/// The name of a field on the wire: `#[wire(name = "..")]`, else `#[serde(rename = "..")]`, else the Rust name.
///
/// Finds fault with nothing: the derive that owns the attribute does.
pub(crate) fn wire_name(field: &Field) -> String {
    name_or_rename(lookup(&field.attrs, "wire", "name"), field)
}

/// The same, where it is known what `#[wire(name = "..")]` says.
pub(crate) fn name_or_rename(name: Option<LitStr>, field: &Field) -> String {
    match (name.or_else(|| rename(field)), &field.ident) {
        (Some(name), _) => name.value(),
        (None, Some(ident)) => ident.unraw().to_string(),
        (None, None) => String::new(),
    }
}

/// What is written of the name, if anything is.
pub(crate) fn wire_name_token(field: &Field) -> Option<LitStr> {
    lookup(&field.attrs, "wire", "name").or_else(|| rename(field))
}

fn rename(field: &Field) -> Option<LitStr> {
    lookup(&field.attrs, "serde", "rename")
}

/// Whether the field is left out of the object that the struct is written as. Finds fault with nothing either.
pub(crate) fn is_skipped(field: &Field) -> bool {
    has_flag(&field.attrs, "wire", &["skip"])
        || has_flag(&field.attrs, "serde", &["skip", "skip_serializing"])
}

/// Whether the struct is written as this field alone. Finds fault with nothing either.
pub(crate) fn is_body(field: &Field) -> bool {
    has_flag(&field.attrs, "wire", &["body"])
}

fn lookup(attrs: &[Attribute], attr: &str, key: &str) -> Option<LitStr> {
    let mut found = None;
    attr::read(attrs, attr, &mut Errors::default(), |input, _| {
        match attr::parse_name(input) {
            Ok(name) if name == key => found = attr::parse_value(input).ok(),
            _ => attr::skip_value(input),
        }
        Ok(())
    });
    found
}

fn has_flag(attrs: &[Attribute], attr: &str, flags: &[&str]) -> bool {
    let mut found = false;
    attr::read(attrs, attr, &mut Errors::default(), |input, _| {
        found |= attr::parse_name(input).is_ok_and(|name| flags.iter().any(|flag| name == *flag));
        attr::skip_value(input);
        Ok(())
    });
    found
}

/// The variants of the enum, or none and an error that says what `derive` is for.
pub(crate) fn variants<'a>(
    node: &'a DeriveInput,
    derive: &str,
    errors: &mut Errors,
) -> impl Iterator<Item = &'a Variant> + use<'a> {
    let variants = match &node.data {
        Data::Enum(data) => Some(&data.variants),
        _ => None,
    };
    if variants.is_none() {
        errors.at(
            &node.ident,
            format_args!("`{derive}` can be derived for an enum only, as `enum Name {{ .. }}`"),
        );
    }
    if let (Some(_), Some(parameter)) = (variants, node.generics.params.first()) {
        errors.at(
            parameter,
            format_args!("`{derive}` is for an enum without parameters, leave them out"),
        );
    }
    variants.into_iter().flatten()
}

/// Refuses what is not `Variant`; `keeper` is what the one variant with a payload looks like.
pub(crate) fn check_unit(variant: &Variant, keeper: &str, errors: &mut Errors) {
    if !matches!(variant.fields, Fields::Unit) {
        let ident = &variant.ident;
        let message =
            format!("a documented value has no payload, write `{ident}`; only `{keeper}` has one");
        errors.at(&variant.fields, message);
    }
}

/// Refuses what is not `Variant(ty, ..)`, with as many types as `types` and of these names.
pub(crate) fn check_payload(variant: &Variant, types: &[&str], errors: &mut Errors) {
    let message = || format!("write `{}({})`", variant.ident, types.join(", "));
    match &variant.fields {
        fields if is_payload(fields, types) => {}
        Fields::Unit => errors.at(&variant.ident, message()),
        fields => errors.at(fields, message()),
    }
}

/// Whether the types of the payload have these names; what stands before a name, a macro cannot judge.
pub(crate) fn is_payload(fields: &Fields, types: &[&str]) -> bool {
    let Fields::Unnamed(fields) = fields else { return false };
    let fields = &fields.unnamed;
    fields.len() == types.len()
        && fields.iter().zip(types).all(|(field, name)| is_named(&field.ty, name))
}

/// What is in the angle brackets of `Option<..>`; nothing for a type of another name.
pub(crate) fn option_of(ty: &Type) -> Option<&Type> {
    let path = match ty {
        Type::Group(group) => return option_of(&group.elem),
        Type::Path(path) => path,
        _ => return None,
    };
    let last = path.path.segments.last().filter(|last| last.ident == "Option")?;
    let PathArguments::AngleBracketed(arguments) = &last.arguments else { return None };
    arguments.args.iter().find_map(|argument| match argument {
        GenericArgument::Type(ty) => Some(ty),
        _ => None,
    })
}

/// How many `Option`s are one inside the other.
pub(crate) fn option_depth(ty: &Type) -> usize {
    match option_of(ty) {
        Some(inner) => 1 + option_depth(inner),
        None => usize::from(is_named(ty, "Option")),
    }
}

/// Lists and maps, which can be empty.
pub(crate) const COLLECTIONS: [&str; 7] =
    ["Vec", "BTreeMap", "HashMap", "VecDeque", "BTreeSet", "HashSet", "LinkedList"];

/// Whether the last segment of the type's path is `name`. A type named as one of the language's own that stands for types in
/// angle brackets, and has none, is another.
pub(crate) fn is_named(ty: &Type, name: &str) -> bool {
    match ty {
        Type::Group(group) => is_named(&group.elem, name),
        Type::Path(path) => path.path.segments.last().is_some_and(|last| {
            let is_generic = name == "Option" || COLLECTIONS.contains(&name);
            last.ident == name && (!is_generic || !last.arguments.is_none())
        }),
        _ => false,
    }
}

/// Where a type starts, without writing all of it out where it is a path, as almost every type is.
pub(crate) fn start_of(ty: &Type) -> Span {
    match ty {
        Type::Path(TypePath { qself: None, path, .. }) => {
            match (&path.leading_colon, path.segments.first()) {
                (Some(colon), _) => colon.spans[0],
                (None, Some(first)) => first.ident.span(),
                (None, None) => path.span(),
            }
        }
        _ => ty.span(),
    }
}

/// `generics` with `bound` on every type parameter.
pub(crate) fn with_bound(generics: &Generics, bound: &TokenStream) -> Generics {
    let mut generics = generics.clone();
    for param in generics.type_params_mut() {
        param.bounds.push(TypeParamBound::Verbatim(bound.clone()));
    }
    generics
}
