//! Figures, lists, tables and calendars.

use proc_macro2::TokenStream;
use quote::quote;

use super::quantities::emit_type;
use super::value::{emit_decimal, emit_value};
use crate::emit::doc::{code, escape, sentence};
use crate::emit::literal::emit_int;
use crate::emit::ty::emit_shared;
use crate::emit::{Emit, doc, ident};
use crate::ir::{
    Calendar, CalendarDays, Cell, Column, ColumnType, Constant, Figure, ListItem, RuleList,
    RuleTable,
};

pub(super) fn emit_constant(item: &Constant) -> TokenStream {
    let unit = item.unit.as_deref().map(|unit| format!("In {}.", code(unit)));
    let doc = doc::item(doc::text(&item.doc).into_iter().chain(unit), &item.doc);
    let name = ident(&item.name);
    let (ty, value) = emit_figure(&item.value);
    quote! {
        #doc
        pub const #name: #ty = #value;
    }
}

fn emit_figure(figure: &Figure) -> (TokenStream, TokenStream) {
    match figure {
        Figure::Money(money, amount) => {
            let (money, amount) = (emit_shared(money), emit_int(*amount));
            (money.clone(), quote!(#money(#amount)))
        }
        Figure::Days(days) => {
            let days = emit_int(*days);
            (quote!(::apiscribe::rules::Days), quote!(::apiscribe::rules::Days(#days)))
        }
        Figure::Count(count) => (quote!(i64), emit_int(*count)),
        Figure::Decimal(digits) => (quote!(::apiscribe::rules::Decimal), emit_decimal(digits)),
    }
}

pub(super) fn emit_calendar(item: &Calendar) -> TokenStream {
    let doc = doc::item([doc::text_or_name(&item.doc, &item.wire)], &item.doc);
    let name = ident(&item.name);
    let (ty, value) = emit_days(&item.days);
    quote! {
        #doc
        pub const #name: ::apiscribe::rules::#ty = ::apiscribe::rules::#ty::#value;
    }
}

fn emit_days(days: &CalendarDays) -> (TokenStream, TokenStream) {
    match days {
        CalendarDays::Period { starts_on } => {
            let day = emit_int(*starts_on);
            (quote!(MonthlyPeriod), quote!(starting_on(#day)))
        }
        CalendarDays::Days(days) => {
            let days = days.iter().copied().map(emit_int);
            (quote!(MonthDays), quote!(new(&[#(#days),*])))
        }
        CalendarDays::Window { months_later, from, to } => {
            let [later, from, to] = [*months_later, *from, *to].map(emit_int);
            (quote!(MonthWindow), quote!(new(#later, #from, #to)))
        }
    }
}

pub(super) fn emit_list(item: &RuleList) -> Vec<TokenStream> {
    let order = item.ordered.then(|| "What comes first goes first.".to_owned());
    let text = doc::text_or_name(&item.doc, &item.wire);
    let doc = doc::item([text].into_iter().chain(order), &item.doc);
    let order = item.ordered.then(|| quote!(, PartialOrd, Ord));
    let name = ident(&item.name);
    let items = item.items.iter().map(|item| Emit(move || emit_item(item)));
    let enum_ = quote! {
        #doc
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash #order)]
        pub enum #name {
            #(#items,)*
        }
    };
    vec![enum_, emit_list_impl(item)]
}

fn emit_item(item: &ListItem) -> TokenStream {
    let title = item.title.as_deref().map(|title| sentence(escape(title)));
    let doc = doc::part(title.into_iter().chain(doc::text(&item.doc)), &item.doc);
    let name = ident(&item.name);
    quote!(#doc #name)
}

fn emit_list_impl(item: &RuleList) -> TokenStream {
    let name = ident(&item.name);
    let items: Vec<_> = item.items.iter().map(|item| ident(&item.name)).collect();
    let titles = item.items.iter().map(|item| (item.name.as_str(), item.title.as_deref()));
    let title = emit_texts("title", "What the platform calls it.", &titles.collect::<Vec<_>>());
    quote! {
        impl #name {
            /// All of them, in the order of the document.
            pub const ALL: &[Self] = &[#(Self::#items),*];
            #title
        }
    }
}

/// A method that tells a text of each variant, if there is any.
pub(super) fn emit_texts(method: &str, doc: &str, texts: &[(&str, Option<&str>)]) -> TokenStream {
    let known: Vec<_> =
        texts.iter().filter_map(|(name, text)| Some((ident(name), (*text)?))).collect();
    if known.is_empty() {
        return TokenStream::new();
    }
    let whole = known.len() == texts.len();
    let arms = known.iter().map(|(name, text)| match whole {
        true => quote!(Self::#name => #text),
        false => quote!(Self::#name => ::core::option::Option::Some(#text)),
    });
    let rest = (!whole).then(|| quote!(_ => ::core::option::Option::None,));
    let ty = match whole {
        true => quote!(&'static str),
        false => quote!(::core::option::Option<&'static str>),
    };
    let (method, doc) = (ident(method), format!(" {doc}"));
    quote! {
        #[doc = #doc]
        pub const fn #method(self) -> #ty {
            match self {
                #(#arms,)*
                #rest
            }
        }
    }
}

pub(super) fn emit_table(item: &RuleTable) -> Vec<TokenStream> {
    let row = ident(&item.row);
    let row_doc = format!(" A row of [`{}`].", item.name);
    let columns = item.columns.iter().map(|column| Emit(move || emit_column(column)));
    let struct_ = quote! {
        #[doc = #row_doc]
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub struct #row {
            #(#columns,)*
        }
    };
    let doc = doc::item([doc::text_or_name(&item.doc, &item.wire)], &item.doc);
    let name = ident(&item.name);
    let rows = item.rows.iter().map(|cells| emit_row(item, cells));
    let rows = quote! {
        #doc
        pub const #name: &[#row] = &[#(#rows),*];
    };
    vec![struct_, rows]
}

fn emit_column(column: &Column) -> TokenStream {
    let doc = doc::part(doc::text(&column.doc), &column.doc);
    let name = ident(&column.name);
    let ty = match &column.ty {
        ColumnType::Text => quote!(&'static str),
        ColumnType::Value(ty) => emit_type(ty),
    };
    let ty = match column.optional {
        true => quote!(::core::option::Option<#ty>),
        false => ty,
    };
    quote!(#doc pub #name: #ty)
}

fn emit_row(table: &RuleTable, cells: &[Option<Cell>]) -> TokenStream {
    let row = ident(&table.row);
    let cells = table.columns.iter().zip(cells).map(|(column, cell)| {
        let name = ident(&column.name);
        let value = match (cell, column.optional) {
            (Some(cell), true) => {
                let cell = emit_cell(cell);
                quote!(::core::option::Option::Some(#cell))
            }
            (Some(cell), false) => emit_cell(cell),
            (None, _) => quote!(::core::option::Option::None),
        };
        quote!(#name: #value)
    });
    quote!(#row { #(#cells),* })
}

fn emit_cell(cell: &Cell) -> TokenStream {
    match cell {
        Cell::Text(text) => quote!(#text),
        Cell::Value(value) => emit_value(value),
    }
}
