//! Units of money: newtypes of the module that the domains share.

use proc_macro2::TokenStream;
use quote::quote;

use super::literal::emit_int;
use super::{doc, ident};
use crate::ir::{MoneyKind, MoneyUnit};

pub(super) fn emit_unit(unit: &MoneyUnit) -> TokenStream {
    let text = doc::text_or_name(&unit.doc, &unit.wire);
    let wire = "On the wire a number; read from a number or text. Displayed with its unit.";
    let doc = doc::item([text, wire.to_owned()], &unit.doc);
    let (name, label, many) = (ident(&unit.name), &unit.label, &unit.many);
    let many = (many != label).then(|| quote!(, many = #many));
    let one = (unit.one != unit.many).then_some(&unit.one).map(|one| quote!(, one = #one));
    let kind = emit_kind(&unit.kind);
    quote! {
        #doc
        #[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, ::apiscribe::Money)]
        #[money(name = #label #one #many #kind)]
        pub struct #name(pub i64);
    }
}

fn emit_kind(kind: &MoneyKind) -> TokenStream {
    match kind {
        MoneyKind::Plain => TokenStream::new(),
        MoneyKind::Worth { amount, of } => {
            let (amount, of) = (emit_int(*amount), ident(of));
            quote!(, worth(#amount, #of))
        }
        MoneyKind::Either(units) => {
            let units = units.iter().map(|unit| ident(unit));
            quote!(, either(#(#units),*))
        }
    }
}
