//! `paging(..)`: the responses are pages of one list.

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::ext::IdentExt;
use syn::parse::ParseStream;
use syn::{Error, Ident, LitStr, Path, Result, Token, Type, parenthesized};

use super::Request;
use super::check::check_field;
use super::page_path::{PagePath, Read};
use crate::attr::{Int, parse_name, parse_value, read_inside, set};
use crate::errors::{Errors, unknown_name};

/// `paging(item = TYPE, items = FIELD, cursor(in = FIELD, from = FIELD), more = FIELD)`.
pub(super) struct Paging {
    item: Type,
    /// The list in the response; the response itself if left out.
    items: Option<PagePath>,
    turn: Turn,
    more: Option<PagePath>,
    total: Option<PagePath>,
    pages: Option<PagePath>,
    /// The names on the wire of what is read of the response.
    reads: Option<Vec<LitStr>>,
}

/// How one page leads to the next; `at` is a field of the request.
enum Turn {
    Cursor {
        at: Ident,
        from: PagePath,
    },
    /// `from` is a field of the last item.
    LastItem {
        at: Ident,
        from: Ident,
    },
    Number {
        at: Ident,
        first: Int,
    },
    Offset {
        at: Ident,
    },
    Link,
    Url {
        from: PagePath,
    },
}

const OF_PAGING: [&str; 11] = [
    "item", "items", "cursor", "number", "offset", "link", "next_url", "more", "total", "pages",
    "reads",
];

impl Paging {
    pub(super) fn parse(
        name: &Ident,
        input: ParseStream<'_>,
        errors: &mut Errors,
    ) -> Result<Option<Self>> {
        let before = errors.count();
        let (mut item, mut items, mut turn, mut reads) = (None, None, None, None);
        let (mut more, mut total, mut pages) = (None, None, None);
        read_inside(input, errors, &mut |input, key| match key.to_string().as_str() {
            "item" => set(&mut item, key, parse_value(input)?),
            "items" => set(&mut items, key, parse_value(input)?),
            "cursor" | "number" | "offset" | "link" | "next_url" if turn.is_some() => {
                Err(Error::new(key.span(), "one way leads to the next page, leave one out"))
            }
            "cursor" | "number" | "offset" | "link" | "next_url" => {
                turn = Some(Turn::parse(key, input)?);
                Ok(())
            }
            "more" => set(&mut more, key, parse_value(input)?),
            "total" => set(&mut total, key, parse_value(input)?),
            "pages" => set(&mut pages, key, parse_value(input)?),
            "reads" => set(&mut reads, key, parse_names(input)?),
            _ => Err(unknown_name("key of `paging`", key, &OF_PAGING)),
        })?;
        let (Some(item), Some(turn)) = (item, turn) else {
            // What is missing may be what could not be read.
            if errors.count() > before {
                return Ok(None);
            }
            let message = "how to page is not told in full, write `paging(item = TYPE, items = FIELD, \
                           cursor(in = FIELD, from = FIELD))`, or `number(in = FIELD, first = 1)`, \
                           `offset(in = FIELD)`, `link` or `next_url = FIELD` in place of `cursor`";
            return Err(Error::new(name.span(), message));
        };
        Ok(Some(Self { item, items, turn, more, total, pages, reads }))
    }
}

impl Turn {
    fn parse(key: &Ident, input: ParseStream<'_>) -> Result<Self> {
        if key == "link" {
            return Ok(Self::Link);
        }
        if key == "next_url" {
            return Ok(Self::Url { from: parse_value(input)? });
        }
        let inside;
        parenthesized!(inside in input);
        let at = parse_key(&inside, "in", parse_name)?;
        match key.to_string().as_str() {
            "cursor" => {
                inside.parse::<Token![,]>()?;
                Self::parse_cursor(&inside, at)
            }
            "number" => {
                inside.parse::<Token![,]>()?;
                let first: Int = parse_key(&inside, "first", |input| input.parse())?;
                match u64::try_from(first.value) {
                    Ok(_) => Ok(Self::Number { at, first }),
                    Err(_) => Err(Error::new_spanned(first, "no page has a number below zero")),
                }
            }
            _ => Ok(Self::Offset { at }),
        }
    }

    /// Where the cursor of the next page comes from.
    fn parse_cursor(input: ParseStream<'_>, at: Ident) -> Result<Self> {
        let key = input.call(Ident::parse_any)?;
        let of_item = key == "from_last";
        if !of_item && key != "from" {
            input.parse::<TokenStream>()?;
            return Err(Error::new(key.span(), "expected `from = ..` or `from_last = ..`"));
        }
        input.parse::<Token![=]>()?;
        Ok(match of_item {
            true => Self::LastItem { at, from: parse_name(input)? },
            false => Self::Cursor { at, from: input.parse()? },
        })
    }
}

/// `key = value`.
fn parse_key<T>(
    input: ParseStream<'_>,
    key: &str,
    value: impl FnOnce(ParseStream<'_>) -> Result<T>,
) -> Result<T> {
    let found = input.call(Ident::parse_any)?;
    if found != key {
        return Err(Error::new(found.span(), format!("expected `{key} = ..`")));
    }
    input.parse::<Token![=]>()?;
    value(input)
}

fn parse_names(input: ParseStream<'_>) -> Result<Vec<LitStr>> {
    let inside;
    parenthesized!(inside in input);
    let names = inside.parse_terminated(<LitStr as syn::parse::Parse>::parse, Token![,])?;
    Ok(names.into_iter().collect())
}

pub(super) fn check(request: &Request<'_>, errors: &mut Errors) {
    let Some(paging) = &request.attrs.paging else { return };
    match &paging.turn {
        Turn::Cursor { at, .. }
        | Turn::LastItem { at, .. }
        | Turn::Number { at, .. }
        | Turn::Offset { at } => {
            check_field(at, request, errors);
        }
        Turn::Link | Turn::Url { .. } => {}
    }
}

pub(super) fn expand(request: &Request<'_>) -> Option<TokenStream> {
    let paging = request.attrs.paging.as_ref()?;
    let runtime = &request.runtime;
    let Paging { item, turn, .. } = paging;
    let (turn, position) = (turn.expand(runtime), turn.position(runtime));
    let reads = paging.names();
    let page = quote!(__page);
    let list = paging.items.as_ref().map_or(page.clone(), |items| items.take());
    let count = match &paging.items {
        Some(items) => {
            items.read_with(|list| quote!(#runtime::endpoint::paging::PageItems::count(#list)))
        }
        None => Read::Always(quote!(#runtime::endpoint::paging::PageItems::count(#page))),
    };
    let count = match count {
        Read::Always(count) => count,
        Read::Perhaps(count) => quote!(#count.unwrap_or_default()),
    };
    let marks = paging.marks();
    let last = paging.last_item(runtime);
    let ident = &request.node.ident;
    let (impl_generics, ty_generics, where_clause) = request.node.generics.split_for_impl();
    Some(quote! {
        #[automatically_derived]
        impl #impl_generics #runtime::endpoint::Paged for #ident #ty_generics #where_clause {
            type Item = #item;

            const PAGING: #runtime::endpoint::Paging = #runtime::endpoint::Paging::new(#turn, &[#(#reads),*]);

            fn items(__page: Self::Response) -> ::std::vec::Vec<Self::Item> {
                #runtime::endpoint::paging::PageItems::into_items(#list)
            }

            fn mark(__page: &Self::Response) -> #runtime::endpoint::PageMark {
                #runtime::endpoint::PageMark::new(#count)#last #marks
            }

            #position
        }
    })
}

impl Paging {
    /// The fields of the response that are read, by what they are called in Rust and are read for.
    fn fields(&self) -> impl Iterator<Item = (&'static str, &PagePath)> {
        let from = match &self.turn {
            Turn::Cursor { from, .. } | Turn::Url { from } => Some(from),
            _ => None,
        };
        let fields = [
            ("items", self.items.as_ref()),
            ("cursor", from),
            ("more", self.more.as_ref()),
            ("total", self.total.as_ref()),
            ("pages", self.pages.as_ref()),
        ];
        fields.into_iter().filter_map(|(key, field)| Some((key, field?)))
    }

    /// What they are called on the wire.
    fn names(&self) -> Vec<TokenStream> {
        match &self.reads {
            Some(names) => names.iter().map(ToTokens::to_token_stream).collect(),
            None => {
                let names = self.fields().map(|(_, field)| field.name());
                names.map(|name| quote!(#name)).collect()
            }
        }
    }

    /// The cursor that the last item has.
    fn last_item(&self, runtime: &Path) -> Option<TokenStream> {
        let Turn::LastItem { from, .. } = &self.turn else { return None };
        let cursor = quote_spanned!(located(from)=> &__item.#from);
        let last = |list: TokenStream| quote!(#runtime::endpoint::paging::PageItems::last(#list));
        let item = match &self.items {
            None => last(quote!(__page)),
            Some(items) => match items.read_with(last) {
                Read::Always(item) => item,
                Read::Perhaps(item) => quote!(#item.flatten()),
            },
        };
        Some(quote!(.last_item(#item.map(|__item| #cursor))))
    }

    fn marks(&self) -> TokenStream {
        let fields = self.fields().filter(|(key, _)| *key != "items");
        let marks = fields.map(|(key, field)| {
            let key = Ident::new(key, Span::call_site());
            let value = match field.read_with(|value| value) {
                Read::Always(value) => value,
                Read::Perhaps(value) => quote!(&#value),
            };
            quote!(.#key(#value))
        });
        marks.collect()
    }
}

impl Turn {
    fn expand(&self, runtime: &Path) -> TokenStream {
        match self {
            Self::Cursor { .. } | Self::LastItem { .. } => quote!(#runtime::endpoint::Turn::Cursor),
            Self::Number { first, .. } => {
                quote!(#runtime::endpoint::Turn::Number { first: #first })
            }
            Self::Offset { .. } => quote!(#runtime::endpoint::Turn::Offset),
            Self::Link => quote!(#runtime::endpoint::Turn::Link),
            Self::Url { .. } => quote!(#runtime::endpoint::Turn::Url),
        }
    }

    fn position(&self, runtime: &Path) -> Option<TokenStream> {
        let (Self::Cursor { at, .. }
        | Self::LastItem { at, .. }
        | Self::Number { at, .. }
        | Self::Offset { at }) = self
        else {
            return None;
        };
        let (read, written) =
            (quote_spanned!(located(at)=> &self.#at), quote_spanned!(located(at)=> &mut self.#at));
        Some(quote! {
            fn position(&self) -> ::core::option::Option<::std::string::String> {
                #runtime::endpoint::paging::position_of(#read)
            }

            fn seek(&mut self, __position: &::core::primitive::str) -> ::core::result::Result<(), #runtime::error::PagingFault> {
                #runtime::endpoint::paging::seek(#written, __position)
            }
        })
    }
}

fn located(ident: &Ident) -> Span {
    Span::call_site().located_at(ident.span())
}
