//! `#[derive(WireText)]`: a newtype over a string in, a text of the wire with rules of its own out.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{
    Data, DeriveInput, Fields, GenericParam, Generics, Member, Path, Type, WherePredicate,
    parse_quote,
};

use crate::Derive;
use crate::attr::{self, parse_crate};
use crate::errors::{Errors, unknown_name};
use crate::rules::{Rule, RuleKind, Tokens, check_rules, expand_rule};

pub(crate) struct Text<'a> {
    node: &'a DeriveInput,
    /// Path of the runtime.
    runtime: Path,
    /// What is inside.
    ty: Type,
    rules: Vec<Rule>,
    /// Whether a whole number is read as its text.
    is_lenient: bool,
}

impl<'a> Derive<'a> for Text<'a> {
    fn from_syn(node: &'a DeriveInput, errors: &mut Errors) -> Self {
        let runtime = attr::runtime(&node.attrs, "validate");
        let (ty, rules) = (read_type(node, errors), read_rules(node, errors));
        Text { node, runtime, ty, rules, is_lenient: read_lenient(node, errors) }
    }

    fn check(&self, errors: &mut Errors) {
        check_text_rules(&self.rules, errors);
    }

    fn expand(&self) -> TokenStream {
        let value = Tokens::of_self(&Member::from(0));
        let rules = self.rules.iter().map(|rule| expand_rule(rule, "", &value, &self.runtime));
        let rules: TokenStream = rules.collect();
        let report = if rules.is_empty() { quote!(_) } else { quote!(report) };
        let validate = impl_validate(self, &report, &rules);
        let text_of_the_wire = impl_text(self);
        let serde = impl_serde(self);
        let from = impl_from(self);
        let show = if is_secret(&self.ty) { TokenStream::new() } else { impl_show(self) };
        quote!(#validate #text_of_the_wire #serde #from #show)
    }

    /// What rules ask for of a field of this type.
    fn dummy(&self) -> TokenStream {
        let validate = impl_validate(self, &quote!(_), &TokenStream::new());
        let text = impl_empty_text(self);
        quote!(#validate #text)
    }
}

const NO_TEXTS: &[&str] = &[
    "bool", "char", "f32", "f64", "i8", "i16", "i32", "i64", "i128", "isize", "u8", "u16", "u32",
    "u64", "u128", "usize", "Option", "Vec",
];

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

/// A type that is known not to be text. What else is none is found by the compiler, once for each trait.
fn is_no_text(ty: &Type) -> bool {
    let Type::Path(path) = ty else { return !matches!(ty, Type::Reference(_)) };
    let last = path.path.segments.last().map(|segment| segment.ident.to_string());
    last.is_some_and(|last| NO_TEXTS.contains(&last.as_str()))
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

fn read_lenient(node: &DeriveInput, errors: &mut Errors) -> bool {
    let mut lenient = None;
    attr::read(&node.attrs, "wire", errors, |input, _| {
        let name = attr::parse_name(input)?;
        match name.to_string().as_str() {
            "lenient" => attr::set(&mut lenient, &name, ()),
            _ => Err(unknown_name("key of a text", &name, &["lenient"])),
        }
    });
    lenient.is_some()
}

const OTHERS: &str = "expected `required`, `bytes`, `chars`, `utf16`, `pattern`, `url` or `custom`";

fn check_text_rules(rules: &[Rule], errors: &mut Errors) {
    for rule in rules {
        if let Some(advice) = advice(rule) {
            errors.at(&rule.name, format_args!("`{}` is no rule of a text, {advice}", rule.name));
        }
    }
    check_rules(rules, errors);
}

/// What to write instead of a rule that is for other values.
fn advice(rule: &Rule) -> Option<&'static str> {
    match &rule.kind {
        RuleKind::Length(_) if rule.name == "items" => Some(OTHERS),
        RuleKind::Required
        | RuleKind::Length(_)
        | RuleKind::Pattern(_)
        | RuleKind::Url(_)
        | RuleKind::Custom(_) => None,
        RuleKind::Secret => Some("make it a newtype over `Secret<String>`"),
        RuleKind::RequiredIf(_) | RuleKind::ForbiddenIf(_) | RuleKind::SameAs(_) => {
            Some("write it on the fields of this type")
        }
        _ => Some(OTHERS),
    }
}

fn impl_validate(text: &Text<'_>, report: &TokenStream, rules: &TokenStream) -> TokenStream {
    let (name, generics, runtime) = (&text.node.ident, &text.node.generics, &text.runtime);
    let (impl_generics, ty_generics, where_clause) = generics.split_for_impl();
    quote! {
        #[automatically_derived]
        impl #impl_generics #runtime::Validate for #name #ty_generics #where_clause {
            #[inline]
            fn check(&self, #report: &mut #runtime::validate::Report<'_>) {
                #rules
            }
        }
    }
}

fn impl_text(text: &Text<'_>) -> TokenStream {
    let (name, generics, runtime) = (&text.node.ident, &text.node.generics, &text.runtime);
    let (impl_generics, ty_generics, where_clause) = generics.split_for_impl();
    quote! {
        #[automatically_derived]
        impl #impl_generics #runtime::validate::field::WireText for #name #ty_generics #where_clause {
            #[inline]
            fn text(&self) -> ::core::option::Option<&::core::primitive::str> {
                #runtime::validate::field::WireText::text(&self.0)
            }
        }
        #[automatically_derived]
        impl #impl_generics #runtime::validate::field::Present for #name #ty_generics #where_clause {
            #[inline]
            fn is_present(&self) -> ::core::primitive::bool {
                #runtime::validate::field::Present::is_present(&self.0)
            }
        }
        #[automatically_derived]
        impl #impl_generics #runtime::validate::field::WireValue<::core::primitive::str> for #name #ty_generics #where_clause {
            #[inline]
            fn equals(&self, literal: &::core::primitive::str) -> ::core::primitive::bool {
                #runtime::validate::field::WireValue::equals(&self.0, literal)
            }
        }
    }
}

fn impl_serde(text: &Text<'_>) -> TokenStream {
    let (name, generics, ty) = (&text.node.ident, &text.node.generics, &text.ty);
    let runtime = &text.runtime;
    let (impl_generics, ty_generics, where_clause) = generics.split_for_impl();
    let (bound, read): (WherePredicate, _) = match text.is_lenient {
        true => (parse_quote!(#ty: #runtime::wire::Lenient), quote!(#runtime::wire::lenient)),
        false => (
            parse_quote!(#ty: #runtime::serde::Deserialize<'__de>),
            quote!(#runtime::serde::Deserialize::deserialize),
        ),
    };
    let reader = with(generics, parse_quote!('__de), bound);
    let (impl_reader, _, where_reader) = reader.split_for_impl();
    quote! {
        #[automatically_derived]
        impl #impl_generics #runtime::serde::Serialize for #name #ty_generics #where_clause {
            fn serialize<__S: #runtime::serde::Serializer>(
                &self,
                serializer: __S,
            ) -> ::core::result::Result<__S::Ok, __S::Error> {
                #runtime::serde::Serialize::serialize(&self.0, serializer)
            }
        }
        #[automatically_derived]
        impl #impl_reader #runtime::serde::Deserialize<'__de> for #name #ty_generics #where_reader {
            fn deserialize<__D: #runtime::serde::Deserializer<'__de>>(
                deserializer: __D,
            ) -> ::core::result::Result<Self, __D::Error> {
                ::core::result::Result::map(#read(deserializer), Self)
            }
        }
    }
}

fn impl_from(text: &Text<'_>) -> TokenStream {
    let (name, generics, ty) = (&text.node.ident, &text.node.generics, &text.ty);
    let (_, ty_generics, _) = generics.split_for_impl();
    let (str, string) = (quote!(&'__text ::core::primitive::str), quote!(::std::string::String));
    let from_str =
        with(generics, parse_quote!('__text), parse_quote!(#ty: ::core::convert::From<#str>));
    let (impl_str, _, where_str) = from_str.split_for_impl();
    let (impl_generics, _, where_clause) = generics.split_for_impl();
    quote! {
        #[automatically_derived]
        impl #impl_str ::core::convert::From<#str> for #name #ty_generics #where_str {
            #[inline]
            fn from(text: #str) -> Self {
                Self(::core::convert::From::from(text))
            }
        }
        #[automatically_derived]
        impl #impl_generics ::core::convert::From<#string> for #name #ty_generics #where_clause {
            #[inline]
            fn from(text: #string) -> Self {
                Self(::core::convert::From::from(text))
            }
        }
    }
}

fn impl_show(text: &Text<'_>) -> TokenStream {
    let (name, generics) = (&text.node.ident, &text.node.generics);
    let (impl_generics, ty_generics, where_clause) = generics.split_for_impl();
    quote! {
        #[automatically_derived]
        impl #impl_generics ::core::fmt::Display for #name #ty_generics #where_clause {
            #[inline]
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                ::core::fmt::Display::fmt(&self.0, f)
            }
        }
        #[automatically_derived]
        impl #impl_generics ::core::convert::AsRef<::core::primitive::str> for #name #ty_generics #where_clause {
            #[inline]
            fn as_ref(&self) -> &::core::primitive::str {
                ::core::convert::AsRef::as_ref(&self.0)
            }
        }
    }
}

fn impl_empty_text(text: &Text<'_>) -> TokenStream {
    let (name, generics, runtime) = (&text.node.ident, &text.node.generics, &text.runtime);
    let (impl_generics, ty_generics, where_clause) = generics.split_for_impl();
    quote! {
        #[automatically_derived]
        impl #impl_generics #runtime::validate::field::WireText for #name #ty_generics #where_clause {
            #[inline]
            fn text(&self) -> ::core::option::Option<&::core::primitive::str> {
                ::core::option::Option::None
            }
        }
        #[automatically_derived]
        impl #impl_generics #runtime::validate::field::Present for #name #ty_generics #where_clause {}
    }
}

/// `generics` with a lifetime more, and a bound that may name it.
fn with(generics: &Generics, lifetime: GenericParam, bound: WherePredicate) -> Generics {
    let mut generics = generics.clone();
    generics.params.insert(0, lifetime);
    generics.make_where_clause().predicates.push(bound);
    generics
}

/// A secret has no `Display`, and so has no text of one.
fn is_secret(ty: &Type) -> bool {
    let Type::Path(path) = ty else { return false };
    path.path.segments.last().is_some_and(|segment| segment.ident == "Secret")
}
