//! Writes the impls of a text of the wire.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{DeriveInput, Error, GenericParam, Generics, Path, Type, WherePredicate, parse_quote};

use crate::crate_path;
use crate::validate::expand_rule;

use super::model::Text;

pub(crate) fn expand(text: &Text<'_>) -> TokenStream {
    let value = quote!(&self.0);
    let rules = text.rules.iter().map(|rule| expand_rule(rule, "", &value, &text.runtime));
    let rules: TokenStream = rules.collect();
    let report = if rules.is_empty() { quote!(_) } else { quote!(report) };
    let validate = impl_validate(text.node, &text.runtime, &report, &rules);
    let text_of_the_wire = impl_text(text);
    let serde = impl_serde(text);
    let from = impl_from(text);
    let show = if is_secret(&text.ty) { TokenStream::new() } else { impl_show(text) };
    quote!(#validate #text_of_the_wire #serde #from #show)
}

/// Implements what rules ask for all the same, so that one mistake is reported once and not where the type is used.
pub(crate) fn fallback(node: &DeriveInput, error: &Error) -> TokenStream {
    let runtime = crate_path::of(&node.attrs, "validate");
    let error = error.to_compile_error();
    let validate = impl_validate(node, &runtime, &quote!(_), &TokenStream::new());
    let text = impl_fallback(node, &runtime);
    quote!(#error #validate #text)
}

fn impl_validate(
    node: &DeriveInput,
    runtime: &Path,
    report: &TokenStream,
    rules: &TokenStream,
) -> TokenStream {
    let (name, generics) = (&node.ident, &node.generics);
    let (impl_generics, ty_generics, where_clause) = generics.split_for_impl();
    quote! {
        #[automatically_derived]
        impl #impl_generics #runtime::Validate for #name #ty_generics #where_clause {
            #[inline]
            fn check(&self, #report: &mut #runtime::Report<'_>) {
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
        impl #impl_generics #runtime::WireText for #name #ty_generics #where_clause {
            #[inline]
            fn text(&self) -> ::core::option::Option<&::core::primitive::str> {
                #runtime::WireText::text(&self.0)
            }
        }
        #[automatically_derived]
        impl #impl_generics #runtime::Present for #name #ty_generics #where_clause {
            #[inline]
            fn is_present(&self) -> ::core::primitive::bool {
                #runtime::Present::is_present(&self.0)
            }
        }
        #[automatically_derived]
        impl #impl_generics #runtime::WireValue<::core::primitive::str> for #name #ty_generics #where_clause {
            #[inline]
            fn equals(&self, literal: &::core::primitive::str) -> ::core::primitive::bool {
                #runtime::WireValue::equals(&self.0, literal)
            }
        }
    }
}

fn impl_serde(text: &Text<'_>) -> TokenStream {
    let (name, generics, ty) = (&text.node.ident, &text.node.generics, &text.ty);
    let runtime = &text.runtime;
    let (impl_generics, ty_generics, where_clause) = generics.split_for_impl();
    let (bound, read): (WherePredicate, _) = match text.is_lenient {
        true => (parse_quote!(#ty: #runtime::Lenient), quote!(#runtime::lenient)),
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

fn impl_fallback(node: &DeriveInput, runtime: &Path) -> TokenStream {
    let name = &node.ident;
    let (impl_generics, ty_generics, where_clause) = node.generics.split_for_impl();
    quote! {
        #[automatically_derived]
        impl #impl_generics #runtime::WireText for #name #ty_generics #where_clause {
            #[inline]
            fn text(&self) -> ::core::option::Option<&::core::primitive::str> {
                ::core::option::Option::None
            }
        }
        #[automatically_derived]
        impl #impl_generics #runtime::Present for #name #ty_generics #where_clause {}
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
