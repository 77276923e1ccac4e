//! `signature(method = POST, uri = "/path", text = FIELD, in = FIELD, quotes = false)`.

use proc_macro2::{Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::parse::ParseStream;
use syn::{Error, Ident, LitBool, LitStr, Path, Result, parenthesized, token};

use super::model::Field;
use crate::attr::{parse_name, parse_text, parse_value, read_items, set};
use crate::errors::Errors;
use crate::suggest;

pub(super) struct Signature {
    method: Ident,
    uri: LitStr,
    text: Ident,
    authorization: Ident,
    quotes: LitBool,
}

const KEYS: [&str; 5] = ["method", "uri", "text", "in", "quotes"];

/// What has been read of it so far.
#[derive(Default)]
struct Parts {
    method: Option<Ident>,
    uri: Option<LitStr>,
    text: Option<Ident>,
    authorization: Option<Ident>,
    quotes: Option<LitBool>,
}

impl Signature {
    /// Nothing where an item of it could not be read, which is then what is wrong with it.
    pub(super) fn parse(
        name: &Ident,
        input: ParseStream<'_>,
        errors: &mut Errors,
    ) -> Result<Option<Self>> {
        let mut parts = Parts::default();
        let before = errors.count();
        if input.peek(token::Paren) {
            let content;
            parenthesized!(content in input);
            read_items(&content, errors, &mut |input, _| parts.item(input));
        }
        match parts {
            Parts {
                method: Some(method),
                uri: Some(uri),
                text: Some(text),
                authorization: Some(authorization),
                quotes: Some(quotes),
            } => Ok(Some(Signature { method, uri, text, authorization, quotes })),
            _ if errors.count() > before => Ok(None),
            _ => Err(Error::new(
                name.span(),
                "expected `signature(method = POST, uri = \"/path\", text = FIELD, in = FIELD, quotes = false)`",
            )),
        }
    }

    /// Refuses fields that the struct does not have.
    pub(super) fn check(&self, fields: &[Field<'_>], errors: &mut Errors) {
        for name in [&self.text, &self.authorization] {
            if !fields.is_empty() && !fields.iter().any(|field| field.ident == name) {
                let known: Vec<String> = fields.iter().map(|it| it.ident.to_string()).collect();
                let known: Vec<&str> = known.iter().map(String::as_str).collect();
                errors.push(suggest::unknown("field", name, &known));
            }
        }
        if self.text == self.authorization {
            let message = "the authorization is made of the text, so it goes into another field";
            errors.at(&self.authorization, message);
        }
    }

    /// The items of the impl of `SignedJsApi`.
    pub(super) fn expand(&self, runtime: &Path) -> TokenStream {
        let Signature { uri, text, authorization, quotes, .. } = self;
        let method = self.method.to_string();
        let signed_text = quote_spanned!(at(text)=> #runtime::js_api::signed_text(&self.#text));
        let from = quote_spanned!(at(authorization)=> ::core::convert::From::from(authorization));
        quote! {
            const SIGNATURE: #runtime::OptionsSignature = #runtime::OptionsSignature {
                method: #method,
                uri: #uri,
                quotes: #quotes,
            };
            fn signed_text(&self) -> ::core::result::Result<::std::string::String, #runtime::serde_json::Error> {
                #signed_text
            }
            fn set_authorization(&mut self, authorization: ::std::string::String) {
                self.#authorization = #from;
            }
        }
    }
}

impl Parts {
    fn item(&mut self, input: ParseStream<'_>) -> Result<()> {
        let name = parse_name(input)?;
        match name.to_string().as_str() {
            "method" => set(&mut self.method, &name, parse_method(input)?),
            "uri" => set(&mut self.uri, &name, parse_text(input, "/requestOrder")?),
            "text" => set(&mut self.text, &name, parse_value(input)?),
            "in" => set(&mut self.authorization, &name, parse_value(input)?),
            "quotes" => set(&mut self.quotes, &name, parse_value(input)?),
            _ => Err(suggest::unknown("key of a signature", &name, &KEYS)),
        }
    }
}

/// Where the compiler is to complain of a field of another type.
fn at(name: &Ident) -> Span {
    Span::call_site().located_at(name.span())
}

fn parse_method(input: ParseStream<'_>) -> Result<Ident> {
    let method: Ident = parse_value(input)?;
    if method != "GET" && method != "POST" {
        return Err(Error::new(method.span(), "expected `GET` or `POST`"));
    }
    Ok(method)
}
