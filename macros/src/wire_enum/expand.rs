//! Writes the impls: what the enum is, and what follows from that.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Ident, Path};

use super::attr::Literal;
use super::model::{Documented, Enum, Kind};

pub(super) fn expand(model: &Enum<'_>, runtime: &Path) -> TokenStream {
    let rows = model.documented.iter().map(|documented| row(documented, runtime));
    let (value, from_value, place) = (value(model.kind), from_value(model, runtime), place(model));
    let core = quote! {
        const DOCUMENTED: &'static [#runtime::DocumentedValue<#value>] = &[#(#rows),*];
        #[inline]
        fn from_value(__value: &#value) -> Self {
            #from_value
        }
        #[inline]
        fn place(&self) -> ::core::result::Result<::core::primitive::usize, &#value> {
            #place
        }
    };
    [impls(model, runtime, &core), default(model)].into_iter().collect()
}

/// The same impls with nothing in them.
pub(super) fn dummy(model: &Enum<'_>, runtime: &Path) -> TokenStream {
    let value = value(model.kind);
    let core = quote! {
        const DOCUMENTED: &'static [#runtime::DocumentedValue<#value>] = &[];
        #[inline]
        fn from_value(_: &#value) -> Self {
            ::core::unimplemented!()
        }
        #[inline]
        fn place(&self) -> ::core::result::Result<::core::primitive::usize, &#value> {
            ::core::unimplemented!()
        }
    };
    [impls(model, runtime, &core), default(model)].into_iter().collect()
}

/// What the values are. Written out everywhere, as `Self::Value` might be a variant.
fn value(kind: Kind) -> TokenStream {
    match kind {
        Kind::Text => quote!(::core::primitive::str),
        Kind::Int => quote!(::core::primitive::i64),
    }
}

fn row(documented: &Documented<'_>, runtime: &Path) -> TokenStream {
    let value = documented.value.expand();
    let aliases = documented.aliases.iter().map(Literal::expand);
    let since = match &documented.since {
        Some(since) => {
            let since = since.expand(runtime);
            quote!(::core::option::Option::Some(#since))
        }
        None => quote!(::core::option::Option::None),
    };
    quote!(#runtime::DocumentedValue { value: #value, aliases: &[#(#aliases),*], since: #since })
}

fn from_value(model: &Enum<'_>, runtime: &Path) -> TokenStream {
    let arms = model.documented.iter().enumerate().map(|(place, documented)| {
        let ident = &documented.variant.ident;
        quote!(#place => Self::#ident,)
    });
    let kept = match model.kind {
        Kind::Text => quote!(::core::convert::From::from(__value)),
        Kind::Int => quote!(*__value),
    };
    let unknown = model.unknown.iter().map(|variant| &variant.ident);
    quote! {
        match #runtime::wire::find(<Self as #runtime::WireEnum>::DOCUMENTED, __value) {
            #(#arms)*
            #(_ => Self::#unknown(#kept),)*
        }
    }
}

fn place(model: &Enum<'_>) -> TokenStream {
    let arms = model.documented.iter().enumerate().map(|(place, documented)| {
        let ident = &documented.variant.ident;
        quote!(Self::#ident => ::core::result::Result::Ok(#place),)
    });
    let unknown = model.unknown.iter().map(|variant| &variant.ident);
    quote! {
        match self {
            #(#arms)*
            #(Self::#unknown(__value) => ::core::result::Result::Err(__value),)*
        }
    }
}

fn default(model: &Enum<'_>) -> TokenStream {
    let ident = &model.node.ident;
    let mut documented = model.documented.iter();
    let Some(Documented { variant, .. }) =
        documented.find(|documented| documented.default.is_some())
    else {
        return TokenStream::new();
    };
    let variant = &variant.ident;
    quote! {
        #[automatically_derived]
        impl ::core::default::Default for #ident {
            fn default() -> Self {
                Self::#variant
            }
        }
    }
}

fn impls(model: &Enum<'_>, runtime: &Path, core: &TokenStream) -> TokenStream {
    let ident = &model.node.ident;
    let value = value(model.kind);
    let core = quote! {
        #[automatically_derived]
        impl #runtime::WireEnum for #ident {
            type Value = #value;
            #core
        }
    };
    let serde = impl_serde(ident, &value, runtime);
    let text = impl_text(ident, &value, runtime);
    let rules = impl_rules(ident, &value, runtime);
    [core, serde, text, rules].into_iter().collect()
}

fn impl_serde(ident: &Ident, value: &TokenStream, runtime: &Path) -> TokenStream {
    quote! {
        #[automatically_derived]
        impl #runtime::serde::Serialize for #ident {
            fn serialize<__S: #runtime::serde::Serializer>(
                &self,
                __serializer: __S,
            ) -> ::core::result::Result<__S::Ok, __S::Error> {
                #runtime::serde::Serialize::serialize(#runtime::WireEnum::value(self), __serializer)
            }
        }
        #[automatically_derived]
        impl<'__de> #runtime::serde::Deserialize<'__de> for #ident {
            fn deserialize<__D: #runtime::serde::Deserializer<'__de>>(
                __deserializer: __D,
            ) -> ::core::result::Result<Self, __D::Error> {
                <#value as #runtime::EnumValue>::decode(__deserializer)
            }
        }
    }
}

fn impl_text(ident: &Ident, value: &TokenStream, runtime: &Path) -> TokenStream {
    quote! {
        #[automatically_derived]
        impl ::core::fmt::Display for #ident {
            #[inline]
            fn fmt(&self, __f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                ::core::fmt::Display::fmt(#runtime::WireEnum::value(self), __f)
            }
        }
        #[automatically_derived]
        impl ::core::str::FromStr for #ident {
            type Err = <#value as #runtime::EnumValue>::Fault;
            #[inline]
            fn from_str(__text: &::core::primitive::str) -> ::core::result::Result<Self, <#value as #runtime::EnumValue>::Fault> {
                <#value as #runtime::EnumValue>::parse(__text)
            }
        }
    }
}

/// What the rules of `Validate` ask of a value.
fn impl_rules(ident: &Ident, value: &TokenStream, runtime: &Path) -> TokenStream {
    quote! {
        #[automatically_derived]
        impl #runtime::Present for #ident {
            #[inline]
            fn is_present(&self) -> ::core::primitive::bool {
                #runtime::Present::is_present(#runtime::WireEnum::value(self))
            }
        }
        #[automatically_derived]
        impl #runtime::WireValue<#value> for #ident {
            #[inline]
            fn equals(&self, __literal: &#value) -> ::core::primitive::bool {
                #runtime::WireEnum::value(self) == __literal
            }
        }
    }
}

impl Literal {
    /// As a reference to what the enum's values are.
    fn expand(&self) -> TokenStream {
        match self {
            Literal::Text(text) => quote!(#text),
            Literal::Int(int) => quote!(&#int),
        }
    }
}
