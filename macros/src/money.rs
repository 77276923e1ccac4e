//! `#[derive(Money)]`: a newtype over `i64` in, a unit of money out; or an amount in one of several units.

use proc_macro2::TokenStream;
use quote::{format_ident, quote, quote_spanned};
use syn::ext::IdentExt;
use syn::parse::ParseStream;
use syn::spanned::Spanned;
use syn::{Data, DeriveInput, Fields, Ident, LitStr, Path, Token, parenthesized};

use crate::Derive;
use crate::attr::{self, Int};
use crate::errors::{Errors, unknown_name};
use crate::item::is_named;

pub(crate) struct Unit<'a> {
    node: &'a DeriveInput,
    /// Path of the runtime.
    runtime: Path,
    name: Option<LitStr>,
    one: Option<LitStr>,
    many: Option<LitStr>,
    worth: Option<Worth>,
    /// The units that an amount is in one of.
    either: Option<Either>,
}

/// `worth(100, Cents)`.
struct Worth {
    count: Int,
    of: Path,
}

/// `either(Cents, Points)`.
struct Either {
    key: Ident,
    units: Vec<Path>,
}

impl<'a> Derive<'a> for Unit<'a> {
    fn from_syn(node: &'a DeriveInput, errors: &mut Errors) -> Self {
        let runtime = attr::runtime(&node.attrs, "money");
        let (name, one, many, worth, either) = (None, None, None, None, None);
        let mut unit = Unit { node, runtime, name, one, many, worth, either };
        attr::read(&node.attrs, "money", errors, |input, _| unit.read(input));
        unit
    }

    fn check(&self, errors: &mut Errors) {
        check_type(self.node, errors);
        if self.name.is_none() {
            let message = "what is the unit called? add `#[money(name = \"cents\")]`";
            errors.at(&self.node.ident, message);
        }
        if let Some(Worth { count, .. }) = &self.worth
            && count.value < 2
        {
            errors.at(count, "a unit is worth more than one of another, as `worth(100, Cents)`");
        }
        let Some(Either { key, units }) = &self.either else { return };
        if units.len() < 2 {
            errors.at(key, "an amount is in one of several units, as `either(Cents, Points)`");
        }
        if let Some(Worth { count, .. }) = &self.worth {
            errors.at(count, "an amount in one of several units cannot have a worth, remove it");
        }
    }

    fn expand(&self) -> TokenStream {
        let number = self.impl_number();
        let serde = self.impl_serde();
        let show = self.impl_show();
        let own = match &self.either {
            Some(either) => self.impl_either(&either.units),
            None => self.impl_money(),
        };
        quote!(#number #serde #show #own)
    }

    /// What rules ask for of a field of this type.
    fn dummy(&self) -> TokenStream {
        let (name, runtime) = (&self.node.ident, &self.runtime);
        quote! {
            #[automatically_derived]
            impl #runtime::validate::field::Number for #name {
                type Value = ::core::primitive::i64;
                fn number(&self) -> ::core::option::Option<::core::primitive::i64> {
                    ::core::option::Option::None
                }
            }
            #[automatically_derived]
            impl #runtime::validate::field::Present for #name {}
            #[automatically_derived]
            impl #runtime::validate::field::WireValue<::core::primitive::i64> for #name {
                fn equals(&self, _: &::core::primitive::i64) -> ::core::primitive::bool {
                    false
                }
            }
        }
    }
}

const KEYS: &[&str] = &["name", "one", "many", "worth", "either", "crate"];

impl Unit<'_> {
    fn read(&mut self, input: ParseStream<'_>) -> syn::Result<()> {
        let key = attr::parse_name(input)?;
        match key.to_string().as_str() {
            "name" => attr::set(&mut self.name, &key, attr::parse_text(input, "cents")?),
            "one" => attr::set(&mut self.one, &key, attr::parse_text(input, "cent")?),
            "many" => attr::set(&mut self.many, &key, attr::parse_text(input, "cents")?),
            "worth" => attr::set(&mut self.worth, &key, parse_worth(input)?),
            "either" => {
                let units = parse_units(input)?;
                attr::set(&mut self.either, &key.clone(), Either { key, units })
            }
            "crate" => attr::parse_crate(input).map(drop),
            _ => Err(unknown_name("key of a unit", &key, KEYS)),
        }
    }

    /// What it is called: in data, behind 1, behind any other number.
    fn names(&self) -> [String; 3] {
        let value = |text: &Option<LitStr>| text.as_ref().map(LitStr::value);
        let name = value(&self.name).unwrap_or_default();
        let many = value(&self.many).unwrap_or_else(|| name.clone());
        let one = value(&self.one).unwrap_or_else(|| many.clone());
        [name, one, many]
    }

    /// The constant that describes the unit.
    fn description(&self) -> TokenStream {
        let (runtime, [name, one, many]) = (&self.runtime, self.names());
        let unit = |path: &Path| quote!(<#path as #runtime::Money>::UNIT);
        let worth = match &self.worth {
            Some(Worth { count, of }) => {
                let of = unit(of);
                quote!(::core::option::Option::Some((#count, #of)))
            }
            None => quote!(::core::option::Option::None),
        };
        let either = self.either.iter().flat_map(|either| &either.units).map(unit);
        quote! {
            &#runtime::money::MoneyUnit {
                name: #name,
                one: #one,
                many: #many,
                worth: #worth,
                either: &[#(#either),*],
            }
        }
    }

    fn impl_number(&self) -> TokenStream {
        let (name, runtime, unit) = (&self.node.ident, &self.runtime, self.description());
        quote! {
            #[automatically_derived]
            impl #runtime::validate::field::Number for #name {
                type Value = ::core::primitive::i64;
                const UNIT: ::core::option::Option<#runtime::validate::Unit> =
                    ::core::option::Option::Some(#runtime::validate::Unit::Money(#unit));
                #[inline]
                fn number(&self) -> ::core::option::Option<::core::primitive::i64> {
                    ::core::option::Option::Some(self.0)
                }
            }
            #[automatically_derived]
            impl #runtime::validate::field::Present for #name {}
            #[automatically_derived]
            impl #runtime::validate::field::WireValue<::core::primitive::i64> for #name {
                #[inline]
                fn equals(&self, literal: &::core::primitive::i64) -> ::core::primitive::bool {
                    self.0 == *literal
                }
            }
        }
    }

    fn impl_serde(&self) -> TokenStream {
        let (name, runtime) = (&self.node.ident, &self.runtime);
        quote! {
            #[automatically_derived]
            impl #runtime::serde::Serialize for #name {
                fn serialize<__S: #runtime::serde::Serializer>(
                    &self,
                    serializer: __S,
                ) -> ::core::result::Result<__S::Ok, __S::Error> {
                    #runtime::serde::Serializer::serialize_i64(serializer, self.0)
                }
            }
            #[automatically_derived]
            impl<'__de> #runtime::serde::Deserialize<'__de> for #name {
                fn deserialize<__D: #runtime::serde::Deserializer<'__de>>(
                    deserializer: __D,
                ) -> ::core::result::Result<Self, __D::Error> {
                    ::core::result::Result::map(#runtime::wire::lenient(deserializer), Self)
                }
            }
        }
    }

    fn impl_show(&self) -> TokenStream {
        let (name, [_, _, many]) = (&self.node.ident, self.names());
        let format = format!("{{}} {}", many.replace('{', "{{").replace('}', "}}"));
        quote! {
            #[automatically_derived]
            impl ::core::fmt::Display for #name {
                fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                    ::core::write!(f, #format, self.0)
                }
            }
        }
    }

    fn impl_money(&self) -> TokenStream {
        let (name, runtime, unit) = (&self.node.ident, &self.runtime, self.description());
        let rate = self.worth.as_ref().map(|worth| impl_rate(name, worth));
        let checked = impl_checked();
        quote! {
            #[automatically_derived]
            impl #runtime::Money for #name {
                const UNIT: &'static #runtime::money::MoneyUnit = #unit;
                fn amount(self) -> ::core::primitive::i64 {
                    self.0
                }
                fn from_amount(amount: ::core::primitive::i64) -> Self {
                    Self(amount)
                }
            }
            #[allow(dead_code)]
            impl #name {
                #checked
            }
            #rate
        }
    }

    fn impl_either(&self, units: &[Path]) -> TokenStream {
        let (name, runtime) = (&self.node.ident, &self.runtime);
        let each = units.iter().map(|unit| {
            let method = method_to(unit);
            let doc = "In this unit: right where the other value says so.";
            let span = unit.span();
            let by_condition = quote_spanned! {span=>
                #[automatically_derived]
                impl #runtime::validate::field::UnitByCondition<#unit> for #name {}
            };
            quote! {
                #by_condition
                #[automatically_derived]
                impl ::core::convert::From<#unit> for #name {
                    fn from(amount: #unit) -> Self {
                        Self(amount.0)
                    }
                }
                #[allow(dead_code)]
                impl #name {
                    #[doc = #doc]
                    pub const fn #method(self) -> #unit {
                        #unit(self.0)
                    }
                }
            }
        });
        each.collect()
    }
}

/// Sums within the unit, and its multiples.
fn impl_checked() -> TokenStream {
    let (own, count) = (quote!(Self), quote!(::core::primitive::i64));
    let methods = [
        ("checked_add", "The sum, unless 64 bits cannot hold it.", &own, quote!(other.0)),
        ("checked_sub", "The difference, unless 64 bits cannot hold it.", &own, quote!(other.0)),
        ("checked_mul", "So many of it, unless 64 bits cannot hold it.", &count, quote!(other)),
    ];
    let methods = methods.into_iter().map(|(method, doc, ty, other)| {
        let method = format_ident!("{method}");
        quote! {
            #[doc = #doc]
            pub const fn #method(self, other: #ty) -> ::core::option::Option<Self> {
                match self.0.#method(#other) {
                    ::core::option::Option::Some(amount) => {
                        ::core::option::Option::Some(Self(amount))
                    }
                    ::core::option::Option::None => ::core::option::Option::None,
                }
            }
        }
    });
    methods.collect()
}

/// Both ways between a unit and the one that it is worth so many of.
fn impl_rate(name: &Ident, Worth { count, of }: &Worth) -> TokenStream {
    let (down, up) = (method_to(of), method_to(&Path::from(name.clone())));
    quote! {
        #[allow(dead_code)]
        impl #name {
            /// What it is worth, unless 64 bits cannot hold it.
            pub const fn #down(self) -> ::core::option::Option<#of> {
                match self.0.checked_mul(#count) {
                    ::core::option::Option::Some(amount) => {
                        ::core::option::Option::Some(#of(amount))
                    }
                    ::core::option::Option::None => ::core::option::Option::None,
                }
            }
        }
        #[allow(dead_code)]
        impl #of {
            /// In the larger unit, unless some are left over.
            pub const fn #up(self) -> ::core::option::Option<#name> {
                match (self.0.checked_rem(#count), self.0.checked_div(#count)) {
                    (::core::option::Option::Some(0), ::core::option::Option::Some(amount)) => {
                        ::core::option::Option::Some(#name(amount))
                    }
                    _ => ::core::option::Option::None,
                }
            }
        }
    }
}

/// `to_us_cents` of `UsCents`.
fn method_to(unit: &Path) -> Ident {
    let name = unit.segments.last().map(|last| last.ident.unraw().to_string()).unwrap_or_default();
    let mut method = "to".to_owned();
    for char in name.chars() {
        if char.is_uppercase() {
            method.push('_');
        }
        method.extend(char.to_lowercase());
    }
    format_ident!("{method}")
}

fn check_type(node: &DeriveInput, errors: &mut Errors) {
    if let Some(parameter) = node.generics.params.first() {
        errors.at(parameter, "`Money` is for a type without parameters, remove them");
    }
    if let Data::Struct(data) = &node.data
        && let Fields::Unnamed(fields) = &data.fields
        && let (1, Some(field)) = (fields.unnamed.len(), fields.unnamed.first())
    {
        if !is_named(&field.ty, "i64") {
            errors.at(&field.ty, "not a whole number of 64 bits, expected `i64`");
        }
        return;
    }
    let message = "`Money` can be derived for a newtype over `i64` only, as `struct Cents(i64);`";
    errors.at(&node.ident, message);
}

fn parse_worth(input: ParseStream<'_>) -> syn::Result<Worth> {
    let inner;
    parenthesized!(inner in input);
    let count = inner.parse()?;
    inner.parse::<Token![,]>()?;
    Ok(Worth { count, of: inner.parse()? })
}

fn parse_units(input: ParseStream<'_>) -> syn::Result<Vec<Path>> {
    let inner;
    parenthesized!(inner in input);
    Ok(inner.parse_terminated(Path::parse_mod_style, Token![,])?.into_iter().collect())
}
