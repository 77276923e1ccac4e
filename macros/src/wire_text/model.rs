//! What the attributes say of the newtype.

use syn::{Data, DeriveInput, Fields, Path, Type, parse_quote};

use crate::errors::Errors;
use crate::validate::{Rule, parse_crate};
use crate::{attr, crate_path, suggest};

const NO_TEXTS: &[&str] = &[
    "bool", "char", "f32", "f64", "i8", "i16", "i32", "i64", "i128", "isize", "u8", "u16", "u32",
    "u64", "u128", "usize", "Option", "Vec",
];

pub(crate) struct Text<'a> {
    pub(crate) node: &'a DeriveInput,
    /// Path of the runtime.
    pub(crate) runtime: Path,
    /// What is inside.
    pub(crate) ty: Type,
    pub(crate) rules: Vec<Rule>,
    /// Whether a whole number is read as its text.
    pub(crate) is_lenient: bool,
}

pub(crate) fn read<'a>(node: &'a DeriveInput, errors: &mut Errors) -> Text<'a> {
    let runtime = crate_path::of(&node.attrs, "validate");
    let (ty, rules) = (read_type(node, errors), read_rules(node, errors));
    Text { node, runtime, ty, rules, is_lenient: read_lenient(node, errors) }
}

fn read_lenient(node: &DeriveInput, errors: &mut Errors) -> bool {
    let mut lenient = None;
    attr::read(&node.attrs, "wire", errors, |input, _| {
        let name = attr::parse_name(input)?;
        match name.to_string().as_str() {
            "lenient" => attr::set(&mut lenient, &name, ()),
            _ => Err(suggest::unknown("key of a text", &name, &["lenient"])),
        }
    });
    lenient.is_some()
}

fn read_type(node: &DeriveInput, errors: &mut Errors) -> Type {
    if let Data::Struct(data) = &node.data
        && let Fields::Unnamed(fields) = &data.fields
        && let (1, Some(field)) = (fields.unnamed.len(), fields.unnamed.first())
    {
        check_field(field, errors);
        return field.ty.clone();
    }
    let message =
        "`WireText` can be derived for a newtype over a string only, as `struct Name(String);`";
    errors.at(&node.ident, message);
    parse_quote!(())
}

fn check_field(field: &syn::Field, errors: &mut Errors) {
    if is_no_text(&field.ty) {
        errors.at(&field.ty, "not text, expected `String` or `Secret<String>`");
    }
    for attr in field.attrs.iter().filter(|attr| attr.path().is_ident("validate")) {
        errors.at(attr.path(), "rules of a text go on the struct, write the attribute there");
    }
}

fn read_rules(node: &DeriveInput, errors: &mut Errors) -> Vec<Rule> {
    let mut rules = Vec::new();
    attr::read(&node.attrs, "validate", errors, |input, errors| {
        if input.peek(syn::Token![crate]) {
            attr::parse_name(input)?;
            return parse_crate(input).map(drop);
        }
        rules.push(Rule::parse(input, errors)?);
        Ok(())
    });
    rules
}

/// A type that is known not to be text. What else is none is found by the compiler, once for each trait.
fn is_no_text(ty: &Type) -> bool {
    let Type::Path(path) = ty else { return !matches!(ty, Type::Reference(_)) };
    let last = path.path.segments.last().map(|segment| segment.ident.to_string());
    last.is_some_and(|last| NO_TEXTS.contains(&last.as_str()))
}
