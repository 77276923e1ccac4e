//! `#[derive(ErrorCode)]`: an enum of documented errors that keeps the code of any other.

use std::collections::HashMap;

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use syn::parse::ParseStream;
use syn::{
    Attribute, DeriveInput, Error, Ident, Lit, LitInt, LitStr, Result, Token, Variant,
    parenthesized, token,
};

use crate::Derive;
use crate::attr::{self, Code, Int, parse_name, parse_text, parse_value, read_items, set};
use crate::errors::{Errors, unknown_name};
use crate::item::{check_unit, is_named};
use crate::open_enum::{Documented, OpenEnum, Read, Words, keeper};

pub(crate) struct Table<'a> {
    open: OpenEnum<'a, Row<'a>>,
    kind: Kind,
}

/// What tells one error from another.
#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Code,
    Text,
    Pair,
}

/// A documented error.
struct Row<'a> {
    variant: &'a Variant,
    code: Code,
    no: Option<Int>,
    http: Option<LitInt>,
    retry: Option<Retry>,
    text: Text,
    cases: Vec<Case>,
}

/// The cells that an error and a case have in common.
#[derive(Default)]
struct Text {
    message: Option<LitStr>,
    meaning: Option<LitStr>,
    advice: Option<LitStr>,
}

/// One of several errors that share a code.
struct Case {
    name: Ident,
    text: Text,
}

/// A variant of the runtime's `Retry`.
#[derive(Clone, Copy)]
enum Retry {
    Never,
    Same,
    Changed,
}

impl<'a> Derive<'a> for Table<'a> {
    fn from_syn(node: &'a DeriveInput, errors: &mut Errors) -> Self {
        let open = OpenEnum::from_syn(node, errors);
        Table { kind: find_kind(&open), open }
    }

    fn check(&self, errors: &mut Errors) {
        check(self, errors);
    }

    fn expand(&self) -> TokenStream {
        expand(self)
    }

    fn dummy(&self) -> TokenStream {
        self.open.unless_generic(|| dummy(self))
    }
}

impl<'a> Documented<'a> for Row<'a> {
    const WORDS: Words = Words {
        derive: "ErrorCode",
        attribute: "error_code",
        value: "code",
        question: "what is its code? write `#[error_code(23117)]`, or `#[error_code(unknown)]` on the variant that \
                   keeps undocumented codes",
    };

    fn from_syn(variant: &'a Variant, errors: &mut Errors) -> Read<Self> {
        let Attrs { code, no, http, retry, text, cases, unknown } =
            Attrs::from_syn(&variant.attrs, errors);
        Read {
            documented: code.map(|code| Row { variant, code, no, http, retry, text, cases }),
            is_unknown: unknown.is_some(),
        }
    }

    fn variant(&self) -> &'a Variant {
        self.variant
    }

    fn value(&self) -> &impl ToTokens {
        &self.code
    }
}

/// What is written on a variant.
#[derive(Default)]
struct Attrs {
    code: Option<Code>,
    /// The second code of a pair.
    no: Option<Int>,
    http: Option<LitInt>,
    retry: Option<Retry>,
    text: Text,
    cases: Vec<Case>,
    unknown: Option<Ident>,
}

const OF_VARIANT: [&str; 7] = ["http", "retry", "message", "meaning", "advice", "case", "unknown"];
const OF_CASE: [&str; 3] = ["message", "meaning", "advice"];

impl Attrs {
    fn from_syn(attrs: &[Attribute], errors: &mut Errors) -> Self {
        let mut read = Attrs::default();
        attr::read(attrs, "error_code", errors, |input, errors| read.item(input, errors));
        read
    }

    fn item(&mut self, input: ParseStream<'_>, errors: &mut Errors) -> Result<()> {
        if input.peek(Lit) || input.peek(Token![-]) {
            return self.add_code(input.parse()?);
        }
        let name = parse_name(input)?;
        match name.to_string().as_str() {
            "http" => set(&mut self.http, &name, parse_http(input)?),
            "retry" => set(&mut self.retry, &name, parse_retry(input)?),
            "case" => parse_case(name, input, errors).map(|case| self.cases.push(case)),
            "unknown" => set(&mut self.unknown, &name, name.clone()),
            _ => self.text.item(&name, input, &OF_VARIANT),
        }
    }

    fn add_code(&mut self, code: Code) -> Result<()> {
        match (&self.code, &self.no, code) {
            (None, _, code) => self.code = Some(code),
            (Some(Code::Int(_)), None, Code::Int(no)) => self.no = Some(no),
            (_, _, code) => {
                let message = "an error has one code, or a code and a second one; remove one";
                return Err(Error::new_spanned(code, message));
            }
        }
        Ok(())
    }
}

impl Text {
    fn item(&mut self, name: &Ident, input: ParseStream<'_>, known: &[&str]) -> Result<()> {
        let cell = match name.to_string().as_str() {
            "message" => &mut self.message,
            "meaning" => &mut self.meaning,
            "advice" => &mut self.advice,
            _ => return Err(unknown_name("key of an error", name, known)),
        };
        set(cell, name, parse_text(input, "this order is paid")?)
    }
}

fn parse_case(name: Ident, input: ParseStream<'_>, errors: &mut Errors) -> Result<Case> {
    if !input.peek(token::Paren) {
        return Err(input.error("expected `(message = \"..\", ..)`"));
    }
    let content;
    parenthesized!(content in input);
    let mut text = Text::default();
    read_items(&content, errors, &mut |input, _| {
        let name = parse_name(input)?;
        text.item(&name, input, &OF_CASE)
    });
    Ok(Case { name, text })
}

fn parse_http(input: ParseStream<'_>) -> Result<LitInt> {
    let status: LitInt = parse_value(input)?;
    match status.base10_parse() {
        Ok(100..=599u16) => Ok(status),
        _ => Err(Error::new_spanned(status, "expected an HTTP status, 100 to 599")),
    }
}

fn parse_retry(input: ParseStream<'_>) -> Result<Retry> {
    input.parse::<token::Eq>()?;
    let name = parse_name(input)?;
    match name.to_string().as_str() {
        "never" => Ok(Retry::Never),
        "same" => Ok(Retry::Same),
        "changed" => Ok(Retry::Changed),
        _ => Err(unknown_name("way to retry", &name, &["never", "same", "changed"])),
    }
}

/// The kind of the first error; of an enum without errors, that of what it keeps.
fn find_kind(open: &OpenEnum<'_, Row<'_>>) -> Kind {
    let keeps_pair = || open.unknown.iter().any(|variant| variant.fields.len() == 2);
    let keeps_text = || {
        let mut fields = open.unknown.iter().flat_map(|variant| &variant.fields);
        fields.any(|field| is_named(&field.ty, "String"))
    };
    match open.documented.first() {
        Some(first) => first.kind(),
        None if keeps_pair() => Kind::Pair,
        None if keeps_text() => Kind::Text,
        None => Kind::Code,
    }
}

impl Row<'_> {
    /// What identifies it, except for the HTTP status.
    fn key(&self) -> (String, Option<i64>) {
        (self.code.shown(), self.no.as_ref().map(|no| no.value))
    }

    /// Whether the HTTP status tells it from another row of its code. A pair comes without one.
    fn differs_by_status(&self, other: &Row<'_>) -> bool {
        let status = |row: &Row<'_>| row.http.as_ref().map(|http| http.base10_digits().to_owned());
        let (Some(own), Some(other)) = (status(self), status(other)) else { return false };
        self.no.is_none() && own != other
    }

    fn kind(&self) -> Kind {
        match &self.code {
            Code::Text(_) => Kind::Text,
            Code::Int(_) if self.no.is_some() => Kind::Pair,
            Code::Int(_) => Kind::Code,
        }
    }
}

impl Kind {
    /// The types of what the unknown variant keeps.
    fn payload(self) -> &'static [&'static str] {
        match self {
            Kind::Code => &["i64"],
            Kind::Text => &["String"],
            Kind::Pair => &["i64", "i64"],
        }
    }
}

fn check(table: &Table<'_>, errors: &mut Errors) {
    let payload = table.kind.payload();
    let keeper = keeper(payload);
    for row in &table.open.documented {
        check_unit(row.variant, &keeper, errors);
        check_kind(row, table.kind, errors);
        check_cases(row, errors);
    }
    check_codes(table, errors);
    table.open.check_unknown(payload, errors);
}

fn check_kind(row: &Row<'_>, kind: Kind, errors: &mut Errors) {
    match (kind, &row.code, &row.no) {
        (Kind::Text, Code::Int(code), _) => {
            let shown = code.value;
            let message = format!("the code of the first error is text, write `\"{shown}\"`");
            errors.at(code, message);
        }
        (Kind::Code | Kind::Pair, Code::Text(code), _) => {
            let message =
                "the code of the first error is a number, write a number here or text there";
            errors.at(code, message);
        }
        (Kind::Code, _, Some(no)) => {
            errors.at(no, "the first error has one code, remove the second here or add it there")
        }
        (Kind::Pair, Code::Int(code), None) => {
            let shown = code.value;
            let message = format!("the first error has two codes, write `{shown}, N`");
            errors.at(code, message);
        }
        _ => {}
    }
}

fn check_cases(row: &Row<'_>, errors: &mut Errors) {
    for case in row.cases.iter().filter(|case| case.text.message.is_none()) {
        errors.at(&case.name, "a case is known by its text, add `message = \"..\"`");
    }
}

fn check_codes(table: &Table<'_>, errors: &mut Errors) {
    let mut seen: HashMap<_, Vec<&Row<'_>>> = HashMap::new();
    for row in &table.open.documented {
        let others = seen.entry(row.key()).or_default();
        if let Some(first) = others.iter().find(|other| !row.differs_by_status(other)) {
            let first = &first.variant.ident;
            let message = format!(
                "this is the code of `{first}` already, write both as cases of one variant, or each under an `http` of its own"
            );
            errors.at(&row.code, message);
        }
        others.push(row);
    }
}

fn expand(table: &Table<'_>) -> TokenStream {
    let runtime = &table.open.runtime;
    let rows = table.open.documented.iter().map(expand_row);
    let (code, from_code, place) = (code(table.kind), from_code(table), place(table));
    let from_response = from_response(table);
    let core = quote! {
        const ROWS: &'static [#runtime::error::ErrorRow] = {
            #[allow(unused_imports)]
            use #runtime::error::{ErrorCase, ErrorRow};
            &[#(#rows),*]
        };
        #[inline]
        fn from_code(__code: #code) -> Self {
            #from_code
        }
        #from_response
        #[inline]
        fn place(&self) -> ::core::result::Result<::core::primitive::usize, #code> {
            #place
        }
    };
    impls(table, &core)
}

/// The same impls with nothing in them.
fn dummy(table: &Table<'_>) -> TokenStream {
    let (runtime, code) = (&table.open.runtime, code(table.kind));
    let core = quote! {
        const ROWS: &'static [#runtime::error::ErrorRow] = &[];
        #[inline]
        fn from_code(_: #code) -> Self {
            ::core::unimplemented!()
        }
        #[inline]
        fn place(&self) -> ::core::result::Result<::core::primitive::usize, #code> {
            ::core::unimplemented!()
        }
    };
    impls(table, &core)
}

fn impls(table: &Table<'_>, core: &TokenStream) -> TokenStream {
    let (ident, runtime) = (&table.open.node.ident, &table.open.runtime);
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
                #runtime::error::fmt_error(self, __f)
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
        Kind::Text => quote!(::std::borrow::Cow<'static, ::core::primitive::str>),
        Kind::Pair => quote!((::core::primitive::i64, ::core::primitive::i64)),
    }
}

/// In the scope of [`expand`], where the names are imported.
fn expand_row(row: &Row<'_>) -> TokenStream {
    let Row { code, no, http, retry, text, cases, .. } = row;
    let new = match code {
        Code::Int(_) => quote!(ErrorRow::int),
        Code::Text(_) => quote!(ErrorRow::text),
    };
    let (no, http) = (no.iter(), http.iter());
    let message = cell(&text.message);
    let text = expand_text(text);
    let retry = retry.iter();
    let cases = (!cases.is_empty()).then(|| {
        let cases = cases.iter().map(expand_case);
        quote!(.cases(&[#(#cases),*]))
    });
    quote!(#new(#code, #message, #text)#(.no(#no))*#(.http(#http))*#(.#retry())*#cases)
}

fn expand_case(case: &Case) -> TokenStream {
    let message = &case.text.message;
    let text = expand_text(&case.text);
    quote!(ErrorCase::new(#message, #text))
}

fn expand_text(text: &Text) -> TokenStream {
    let [meaning, advice] = [cell(&text.meaning), cell(&text.advice)];
    quote!(#meaning, #advice)
}

/// What is in a cell; nothing is `""`, which no cell may be.
fn cell(text: &Option<LitStr>) -> TokenStream {
    match text {
        Some(text) => text.to_token_stream(),
        None => quote!(""),
    }
}

impl<'a> Table<'a> {
    /// The first row of each code.
    fn first_rows(&self) -> impl Iterator<Item = &Row<'a>> {
        let is_first = |place: usize, row: &Row<'_>| {
            self.open.documented[..place].iter().all(|other| other.key() != row.key())
        };
        let rows = self
            .open
            .documented
            .iter()
            .enumerate()
            .filter(move |(place, row)| is_first(*place, row));
        rows.map(|(_, row)| row)
    }

    fn has_code_twice(&self, row: &Row<'_>) -> bool {
        self.open.documented.iter().filter(|other| other.key() == row.key()).nth(1).is_some()
    }
}

fn from_code(table: &Table<'_>) -> TokenStream {
    let arms = table.first_rows().map(|row| {
        let (pattern, ident) = (pattern(row), &row.variant.ident);
        quote!(#pattern => Self::#ident,)
    });
    let (code, kept) = code_and_kept(table.kind);
    table.open.expand_read(&code, arms, &kept)
}

/// Only where a code is that of several errors.
fn from_response(table: &Table<'_>) -> Option<TokenStream> {
    table.open.documented.iter().find(|row| table.has_code_twice(row))?;
    let arms = table.open.documented.iter().map(|row| {
        let (pattern, ident) = (pattern(row), &row.variant.ident);
        match row.http.as_ref().filter(|_| table.has_code_twice(row)) {
            Some(http) => quote!((#pattern, #http) => Self::#ident,),
            None => quote!((#pattern, _) => Self::#ident,),
        }
    });
    let (ty, (code, kept)) = (code(table.kind), code_and_kept(table.kind));
    let read = table.open.expand_read(&quote!((#code, __status)), arms, &kept);
    Some(quote! {
        fn from_response(__code: #ty, __status: ::core::primitive::u16) -> Self {
            #read
        }
    })
}

/// What is matched, and what the unknown variant keeps.
fn code_and_kept(kind: Kind) -> (TokenStream, TokenStream) {
    match kind {
        Kind::Code => (quote!(__code), quote!(__code)),
        Kind::Text => (quote!(&*__code), quote!(__code.into_owned())),
        Kind::Pair => (quote!(__code), quote!(__code.0, __code.1)),
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
    let (pattern, code) = match table.kind {
        Kind::Code => (quote!(__code), quote!(*__code)),
        Kind::Text => {
            let code = quote!(::std::borrow::Cow::Owned(::std::clone::Clone::clone(__code)));
            (quote!(__code), code)
        }
        Kind::Pair => (quote!(__code, __no), quote!((*__code, *__no))),
    };
    table.open.expand_place(&pattern, &code)
}

impl ToTokens for Retry {
    /// A method of the row.
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let method = match self {
            Retry::Never => quote!(never),
            Retry::Same => quote!(same),
            Retry::Changed => quote!(changed),
        };
        tokens.extend(method);
    }
}
