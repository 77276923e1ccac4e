//! An enum of documented values with one variant that keeps any other: what `WireEnum` and `ErrorCode` share.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use syn::{Data, DeriveInput, Ident, Path, Variant};

use crate::attr;
use crate::errors::Errors;
use crate::item::{check_payload, variants};

/// The enum, with its documented variants as `D`.
pub(crate) struct OpenEnum<'a, D> {
    pub(crate) node: &'a DeriveInput,
    /// Path of the runtime.
    pub(crate) runtime: Path,
    pub(crate) documented: Vec<D>,
    /// The variants that keep any other value: exactly one, once checked.
    pub(crate) unknown: Vec<&'a Variant>,
    /// Whether it is not clear of a variant what it is.
    is_unclear: bool,
}

/// A variant with a value of its own.
pub(crate) trait Documented<'a>: Sized {
    const WORDS: Words;

    /// Reads the attributes of a variant.
    fn from_syn(variant: &'a Variant, errors: &mut Errors) -> Read<Self>;

    fn variant(&self) -> &'a Variant;

    /// The value as it is written.
    fn value(&self) -> &impl ToTokens;
}

/// What the attributes of a variant say that it is; both is an error, and neither too.
pub(crate) struct Read<D> {
    pub(crate) documented: Option<D>,
    pub(crate) is_unknown: bool,
}

/// How diagnostics speak of such an enum.
pub(crate) struct Words {
    pub(crate) derive: &'static str,
    pub(crate) attribute: &'static str,
    /// What a value is called.
    pub(crate) value: &'static str,
    /// Asked of a variant without a value.
    pub(crate) question: &'static str,
}

impl<'a, D: Documented<'a>> OpenEnum<'a, D> {
    pub(crate) fn from_syn(node: &'a DeriveInput, errors: &mut Errors) -> Self {
        let Words { derive, attribute, .. } = D::WORDS;
        attr::check_only_crate(&node.attrs, attribute, "an enum", errors);
        let mut read = OpenEnum {
            node,
            runtime: attr::runtime(&node.attrs, attribute),
            documented: Vec::new(),
            unknown: Vec::new(),
            is_unclear: false,
        };
        for variant in variants(node, derive, errors) {
            read.add(variant, errors);
        }
        read
    }

    fn add(&mut self, variant: &'a Variant, errors: &mut Errors) {
        let before = errors.count();
        let Read { documented, is_unknown } = D::from_syn(variant, errors);
        match (documented, is_unknown) {
            (Some(documented), false) => self.documented.push(documented),
            (None, true) => self.unknown.push(variant),
            (Some(documented), true) => {
                self.is_unclear = true;
                let value = D::WORDS.value;
                let message = format_args!(
                    "the variant that keeps unknown {value}s has no {value} of its own, remove it"
                );
                errors.at(documented.value(), message);
            }
            (None, false) => {
                self.is_unclear = true;
                // Otherwise its value may be what could not be read.
                if errors.count() == before {
                    errors.at(&variant.ident, D::WORDS.question);
                }
            }
        }
    }

    /// Refuses what is not exactly one variant that keeps other values, with a payload of these types.
    pub(crate) fn check_unknown(&self, types: &[&str], errors: &mut Errors) {
        let Words { attribute, value, .. } = D::WORDS;
        for variant in &self.unknown {
            check_payload(variant, types, errors);
        }
        for second in self.unknown.iter().skip(1) {
            let message = format_args!("one variant keeps unknown {value}s, remove one");
            errors.at(&second.ident, message);
        }
        let is_enum = matches!(self.node.data, Data::Enum(_));
        if self.unknown.is_empty() && !self.is_unclear && is_enum {
            let keeper = keeper(types);
            let message = format_args!(
                "no variant keeps undocumented {value}s, add `#[{attribute}(unknown)] {keeper}`"
            );
            errors.at(&self.node.ident, message);
        }
    }

    /// `dummy`; rather nothing than an impl that complains of the enum's parameters as well.
    pub(crate) fn unless_generic(&self, dummy: impl FnOnce() -> TokenStream) -> TokenStream {
        match self.node.generics.params.is_empty() {
            true => dummy(),
            false => TokenStream::new(),
        }
    }

    /// The documented variants with their places.
    pub(crate) fn places(&self) -> impl Iterator<Item = (usize, &'a Ident)> {
        let documented = self.documented.iter().enumerate();
        documented.map(|(place, documented)| (place, &documented.variant().ident))
    }

    /// The variant of a value: what `arms` make of `value`, else the one that keeps `kept`.
    pub(crate) fn expand_read(
        &self,
        value: &TokenStream,
        arms: impl Iterator<Item = TokenStream>,
        kept: &TokenStream,
    ) -> TokenStream {
        let unknown = self.unknown.iter().map(|variant| &variant.ident);
        quote! {
            match #value {
                #(#arms)*
                #(_ => Self::#unknown(#kept),)*
            }
        }
    }

    /// The place of a variant, or what it keeps: `kept` of the payload `pattern`.
    pub(crate) fn expand_place(&self, pattern: &TokenStream, kept: &TokenStream) -> TokenStream {
        let arms = self.places().map(|(place, ident)| quote!(Self::#ident => Ok(#place),));
        let unknown = self.unknown.iter().map(|variant| &variant.ident);
        quote! {
            #[allow(unused_imports)]
            use ::core::result::Result::{Err, Ok};
            match self {
                #(#arms)*
                #(Self::#unknown(#pattern) => Err(#kept),)*
            }
        }
    }
}

/// The variant that keeps other values, as one would write it.
pub(crate) fn keeper(types: &[&str]) -> String {
    format!("Unknown({})", types.join(", "))
}
