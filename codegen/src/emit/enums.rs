//! Named sets of values.

use proc_macro2::TokenStream;
use quote::quote;

use super::literal::emit_scalar;
use super::{Emit, doc, formerly, ident, lifecycle};
use crate::ir::{Enum, EnumKind, Variant};

pub(super) fn emit_enum(item: &Enum) -> TokenStream {
    let text = [doc::text_or_name(&item.doc, &item.wire)].into_iter();
    let doc = doc::item(text.chain(lifecycle::describe_item(&item.deprecated)), &item.doc);
    let deprecated = lifecycle::emit_deprecated(&item.deprecated);
    let name = ident(&item.name);
    let variants = item.variants.iter().map(|variant| Emit(move || emit_variant(variant)));
    let unknown = ident(&item.unknown);
    let former = item.variants.iter().map(|variant| (&variant.name, &variant.formerly));
    let former = formerly::emit_variants(&name, former);
    let value = match item.kind {
        EnumKind::String => quote!(::std::string::String),
        EnumKind::Int => quote!(i64),
    };
    quote! {
        #doc
        #deprecated
        #[derive(Debug, Clone, PartialEq, Eq, ::apiscribe::WireEnum)]
        #[non_exhaustive]
        pub enum #name {
            #(#variants,)*
            /// A value that the documents do not list.
            #[wire(unknown)]
            #unknown(#value),
        }
        #former
    }
}

fn emit_variant(variant: &Variant) -> TokenStream {
    let doc = doc::part(describe_variant(variant), &variant.doc);
    let deprecated = lifecycle::emit_deprecated(&variant.deprecated);
    let name = ident(&variant.name);
    let value = emit_scalar(&variant.value);
    let aliases = variant.aliases.iter().map(emit_scalar);
    let default = variant.default.then(|| quote!(, default));
    let since = variant.since.iter();
    quote! {
        #doc
        #deprecated
        #[wire(#value #(, alias = #aliases)* #default #(, since = #since)*)]
        #name
    }
}

fn describe_variant(variant: &Variant) -> Vec<String> {
    let default = variant.default.then(|| "The default.".to_owned());
    let since = doc::describe_since(variant.since.as_deref());
    let deprecated = lifecycle::describe_part(&variant.deprecated);
    doc::text(&variant.doc).into_iter().chain(default).chain(since).chain(deprecated).collect()
}
