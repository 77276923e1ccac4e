//! `meta?.next_cursor`: a field of a page, or of an object in it.

use proc_macro2::{Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::ext::IdentExt;
use syn::parse::{Parse, ParseStream};
use syn::{Ident, Result, Token};

use crate::attr::parse_name;

/// The fields that lead to it, the last one being itself.
pub(super) struct PagePath {
    through: Vec<Step>,
    last: Ident,
}

/// A field into which a path leads.
struct Step {
    field: Ident,
    /// A `?` for each `Option` that it is.
    options: Vec<Token![?]>,
}

/// What is read of a page.
pub(super) enum Read {
    /// A value.
    Always(TokenStream),
    /// An `Option`, as something on the way may be absent.
    Perhaps(TokenStream),
}

impl Parse for PagePath {
    fn parse(input: ParseStream<'_>) -> Result<Self> {
        let mut through = Vec::new();
        loop {
            let field = parse_name(input)?;
            let mut options = Vec::new();
            while input.peek(Token![?]) {
                options.push(input.parse()?);
            }
            if options.is_empty() && !input.peek(Token![.]) {
                return Ok(Self { through, last: field });
            }
            input.parse::<Token![.]>()?;
            through.push(Step { field, options });
        }
    }
}

impl PagePath {
    /// The names with dots between them.
    pub(super) fn name(&self) -> String {
        let fields = self.through.iter().map(|step| &step.field).chain([&self.last]);
        fields.map(|field| field.unraw().to_string()).collect::<Vec<_>>().join(".")
    }

    /// The value, taken out of the page.
    pub(super) fn take(&self) -> TokenStream {
        match self.walk(|_| TokenStream::new()) {
            Read::Always(value) => value,
            Read::Perhaps(value) => {
                quote!((move || ::core::option::Option::Some(#value))())
            }
        }
    }

    /// What a function makes of a reference to the value.
    pub(super) fn read_with(&self, make: impl FnOnce(TokenStream) -> TokenStream) -> Read {
        match self.walk(|span| quote_spanned!(span=> .as_ref())) {
            Read::Always(value) => Read::Always(make(quote!(&#value))),
            Read::Perhaps(value) => {
                let made = make(quote!(&#value));
                Read::Perhaps(quote!((|| ::core::option::Option::Some(#made))()))
            }
        }
    }

    /// The value as a place, with `borrow` before each `?`.
    fn walk(&self, borrow: impl Fn(Span) -> TokenStream) -> Read {
        let mut place = quote!(__page);
        for Step { field, options } in &self.through {
            let span = located(field);
            place = quote_spanned!(span=> #place.#field);
            for option in options {
                let borrow = borrow(span);
                place = quote!(#place #borrow #option);
            }
        }
        let last = &self.last;
        place = quote_spanned!(located(last)=> #place.#last);
        match self.through.iter().all(|step| step.options.is_empty()) {
            true => Read::Always(place),
            false => Read::Perhaps(place),
        }
    }
}

fn located(ident: &Ident) -> Span {
    Span::call_site().located_at(ident.span())
}
