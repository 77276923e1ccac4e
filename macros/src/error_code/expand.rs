//! Writes the impls.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use syn::Path;

use super::attr::{Case, Retry, Text};
use super::model::{Kind, Row, Table};

pub(super) fn expand(table: &Table<'_>, runtime: &Path) -> TokenStream {
    let rows = table.rows.iter().map(|row| expand_row(row, runtime));
    let (code, from_code, place) = (code(table.kind), from_code(table), place(table));
    let core = quote! {
        const ROWS: &'static [#runtime::ErrorRow] = &[#(#rows),*];
        #[inline]
        fn from_code(__code: #code) -> Self {
            #from_code
        }
        #[inline]
        fn place(&self) -> ::core::result::Result<::core::primitive::usize, #code> {
            #place
        }
    };
    impls(table, runtime, &core)
}

/// The same impls with nothing in them.
pub(super) fn dummy(table: &Table<'_>, runtime: &Path) -> TokenStream {
    let code = code(table.kind);
    let core = quote! {
        const ROWS: &'static [#runtime::ErrorRow] = &[];
        #[inline]
        fn from_code(_: #code) -> Self {
            ::core::unimplemented!()
        }
        #[inline]
        fn place(&self) -> ::core::result::Result<::core::primitive::usize, #code> {
            ::core::unimplemented!()
        }
    };
    impls(table, runtime, &core)
}

fn impls(table: &Table<'_>, runtime: &Path, core: &TokenStream) -> TokenStream {
    let ident = &table.node.ident;
    let code = code(table.kind);
    quote! {
        #[automatically_derived]
        impl #runtime::ErrorCode for #ident {
            type Code = #code;
            #core
        }
        #[automatically_derived]
        impl ::core::fmt::Display for #ident {
            #[inline]
            fn fmt(&self, __f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                #runtime::error_code::fmt_error(self, __f)
            }
        }
        #[automatically_derived]
        impl ::core::error::Error for #ident {}
    }
}

/// The type of a code. Written out everywhere, as `Self::Code` might be a variant.
fn code(kind: Kind) -> TokenStream {
    match kind {
        Kind::Code => quote!(::core::primitive::i64),
        Kind::Pair => quote!((::core::primitive::i64, ::core::primitive::i64)),
    }
}

fn expand_row(row: &Row<'_>, runtime: &Path) -> TokenStream {
    let Row { code, no, http, retry, text, cases, .. } = row;
    let [no, http] = [option(no.as_ref()), option(http.as_ref())];
    let retry = option(retry.map(|retry| retry.expand(runtime)));
    let message = option(text.message.as_ref());
    let text = expand_text(text);
    let cases = cases.iter().map(|case| expand_case(case, runtime));
    quote! {
        #runtime::ErrorRow {
            code: #runtime::Code::Int(#code), no: #no, http: #http, message: #message, #text, retry: #retry, cases: &[#(#cases),*],
        }
    }
}

fn expand_case(case: &Case, runtime: &Path) -> TokenStream {
    let message = &case.text.message;
    let text = expand_text(&case.text);
    quote!(#runtime::ErrorCase { message: #message, #text })
}

fn expand_text(text: &Text) -> TokenStream {
    let [meaning, advice] = [option(text.meaning.as_ref()), option(text.advice.as_ref())];
    quote!(meaning: #meaning, advice: #advice)
}

fn option(value: Option<impl ToTokens>) -> TokenStream {
    match value {
        Some(value) => quote!(::core::option::Option::Some(#value)),
        None => quote!(::core::option::Option::None),
    }
}

fn from_code(table: &Table<'_>) -> TokenStream {
    let arms = table.rows.iter().map(|row| {
        let (pattern, ident) = (pattern(row), &row.variant.ident);
        quote!(#pattern => Self::#ident,)
    });
    let unknown = table.unknown.iter().map(|variant| &variant.ident);
    let kept = match table.kind {
        Kind::Code => quote!(__code),
        Kind::Pair => quote!(__code.0, __code.1),
    };
    quote! {
        match __code {
            #(#arms)*
            #(_ => Self::#unknown(#kept),)*
        }
    }
}

fn pattern(row: &Row<'_>) -> TokenStream {
    let code = &row.code;
    match &row.no {
        Some(no) => quote!((#code, #no)),
        None => quote!(#code),
    }
}

fn place(table: &Table<'_>) -> TokenStream {
    let arms = table.rows.iter().enumerate().map(|(place, row)| {
        let ident = &row.variant.ident;
        quote!(Self::#ident => ::core::result::Result::Ok(#place),)
    });
    let unknown = table.unknown.iter().map(|variant| &variant.ident);
    let (pattern, code) = match table.kind {
        Kind::Code => (quote!(__code), quote!(*__code)),
        Kind::Pair => (quote!(__code, __no), quote!((*__code, *__no))),
    };
    quote! {
        match self {
            #(#arms)*
            #(Self::#unknown(#pattern) => ::core::result::Result::Err(#code),)*
        }
    }
}

impl Retry {
    fn expand(self, runtime: &Path) -> TokenStream {
        match self {
            Retry::Never => quote!(#runtime::Retry::Never),
            Retry::Same => quote!(#runtime::Retry::Same),
            Retry::Changed => quote!(#runtime::Retry::Changed),
        }
    }
}
