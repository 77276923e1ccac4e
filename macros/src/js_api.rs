//! `#[derive(JsApi)]`: a struct of options bound to the function it is for.

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::parse::ParseStream;
use syn::{
    Attribute, DeriveInput, Error, Ident, LitBool, LitInt, LitStr, Path, Result, Type,
    parenthesized, token,
};

use crate::Derive;
use crate::attr::{
    self, Version, parse_crate, parse_name, parse_text, parse_value, read_items, set,
};
use crate::errors::{Errors, unknown_name};
use crate::item::{is_named, named_fields, wire_name};

pub(crate) struct Options<'a> {
    node: &'a DeriveInput,
    /// Path of the runtime.
    runtime: Path,
    attrs: Attrs,
    fields: Vec<Field<'a>>,
}

struct Field<'a> {
    ident: &'a Ident,
    ty: &'a Type,
    /// What it is called on the wire.
    name: String,
    since: Option<Version>,
}

/// What is written on the struct.
#[derive(Default)]
struct Attrs {
    name: Option<LitStr>,
    since: Option<Version>,
    support: Option<Path>,
    concurrency: Option<LitInt>,
    success: Option<Type>,
    fail: Option<Type>,
    error: Option<Type>,
    signature: Option<Signature>,
    runtime: Option<Path>,
}

/// `signature(scheme = PATH, method = POST, uri = "/path", text = FIELD, in = FIELD, quotes = false)`.
struct Signature {
    scheme: Path,
    method: Ident,
    uri: LitStr,
    text: Ident,
    authorization: Ident,
    quotes: LitBool,
}

impl<'a> Derive<'a> for Options<'a> {
    fn from_syn(node: &'a DeriveInput, errors: &mut Errors) -> Self {
        let fields = named_fields(node, "JsApi", errors);
        let attrs = Attrs::from_syn(&node.attrs, errors);
        if attrs.name.is_none() && errors.count() == 0 {
            errors.at(
                &node.ident,
                "which function takes the options? add `#[js_api(name = \"shop.pay\")]`",
            );
        }
        let fields = fields.filter_map(|field| Field::from_syn(field, errors)).collect();
        Options { node, runtime: attr::runtime(&node.attrs, "js_api"), attrs, fields }
    }

    fn check(&self, errors: &mut Errors) {
        if let Some(signature) = &self.attrs.signature {
            check_signature(signature, &self.fields, errors);
        }
    }

    fn expand(&self) -> TokenStream {
        let signed = self.attrs.signature.as_ref().map(|signature| signed(signature, self));
        [Some(js_api(self)), signed].into_iter().flatten().collect()
    }

    fn dummy(&self) -> TokenStream {
        impl_js_api(
            self,
            &quote!(
                const NAME: &'static ::core::primitive::str = "";
            ),
        )
    }
}

impl<'a> Field<'a> {
    fn from_syn(field: &'a syn::Field, errors: &mut Errors) -> Option<Self> {
        let ident = field.ident.as_ref()?;
        let since = read_since(&field.attrs, errors);
        Some(Field { ident, ty: &field.ty, name: wire_name(field), since })
    }

    fn is_option(&self) -> bool {
        is_named(self.ty, "Option")
    }
}

const OF_STRUCT: [&str; 9] =
    ["name", "since", "support", "concurrency", "success", "fail", "error", "signature", "crate"];

impl Attrs {
    fn from_syn(attrs: &[Attribute], errors: &mut Errors) -> Self {
        let mut read = Attrs::default();
        attr::read(attrs, "js_api", errors, |input, errors| read.item(input, errors));
        read
    }

    fn item(&mut self, input: ParseStream<'_>, errors: &mut Errors) -> Result<()> {
        let name = parse_name(input)?;
        match name.to_string().as_str() {
            "name" => set(&mut self.name, &name, parse_text(input, "shop.pay")?),
            "since" => set(&mut self.since, &name, parse_value(input)?),
            "support" => set(&mut self.support, &name, parse_value(input)?),
            "concurrency" => set(&mut self.concurrency, &name, parse_concurrency(input)?),
            "success" => set(&mut self.success, &name, parse_value(input)?),
            "fail" => set(&mut self.fail, &name, parse_value(input)?),
            "error" => set(&mut self.error, &name, parse_value(input)?),
            "signature" => match Signature::parse(&name, input, errors)? {
                Some(signature) => set(&mut self.signature, &name, signature),
                None => Ok(()),
            },
            "crate" => set(&mut self.runtime, &name, parse_crate(input)?),
            _ => Err(unknown_name("key of a JS API", &name, &OF_STRUCT)),
        }
    }
}

fn parse_concurrency(input: ParseStream<'_>) -> Result<LitInt> {
    let calls: LitInt = parse_value(input)?;
    match calls.base10_parse() {
        Ok(1..=u32::MAX) => Ok(calls),
        _ => Err(Error::new_spanned(calls, "expected how many calls may be in flight, at least 1")),
    }
}

/// What is written on a field.
fn read_since(attrs: &[Attribute], errors: &mut Errors) -> Option<Version> {
    let mut since = None;
    attr::read(attrs, "js_api", errors, |input, _| {
        let name = parse_name(input)?;
        if name != "since" {
            return Err(unknown_name("key of an option", &name, &["since"]));
        }
        set(&mut since, &name, parse_value(input)?)
    });
    since
}

const OF_SIGNATURE: [&str; 6] = ["scheme", "method", "uri", "text", "in", "quotes"];

/// What has been read of it so far.
#[derive(Default)]
struct Parts {
    scheme: Option<Path>,
    method: Option<Ident>,
    uri: Option<LitStr>,
    text: Option<Ident>,
    authorization: Option<Ident>,
    quotes: Option<LitBool>,
}

impl Signature {
    /// Nothing where an item of it could not be read, which is then what is wrong with it.
    fn parse(name: &Ident, input: ParseStream<'_>, errors: &mut Errors) -> Result<Option<Self>> {
        let mut parts = Parts::default();
        let before = errors.count();
        if input.peek(token::Paren) {
            let content;
            parenthesized!(content in input);
            read_items(&content, errors, &mut |input, _| parts.item(input));
        }
        match parts {
            Parts {
                scheme: Some(scheme),
                method: Some(method),
                uri: Some(uri),
                text: Some(text),
                authorization: Some(authorization),
                quotes: Some(quotes),
            } => Ok(Some(Signature { scheme, method, uri, text, authorization, quotes })),
            _ if errors.count() > before => Ok(None),
            _ => Err(Error::new(
                name.span(),
                "expected `signature(scheme = PATH, method = POST, uri = \"/path\", text = FIELD, in = FIELD, quotes = false)`",
            )),
        }
    }
}

impl Parts {
    fn item(&mut self, input: ParseStream<'_>) -> Result<()> {
        let name = parse_name(input)?;
        match name.to_string().as_str() {
            "scheme" => set(&mut self.scheme, &name, parse_value(input)?),
            "method" => set(&mut self.method, &name, parse_method(input)?),
            "uri" => set(&mut self.uri, &name, parse_text(input, "/requestOrder")?),
            "text" => set(&mut self.text, &name, parse_value(input)?),
            "in" => set(&mut self.authorization, &name, parse_value(input)?),
            "quotes" => set(&mut self.quotes, &name, parse_value(input)?),
            _ => Err(unknown_name("key of a signature", &name, &OF_SIGNATURE)),
        }
    }
}

fn parse_method(input: ParseStream<'_>) -> Result<Ident> {
    let method: Ident = parse_value(input)?;
    if !["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"].iter().any(|known| method == known) {
        return Err(Error::new(method.span(), "expected an HTTP method, as `POST`"));
    }
    Ok(method)
}

/// Refuses fields that the struct does not have.
fn check_signature(signature: &Signature, fields: &[Field<'_>], errors: &mut Errors) {
    for name in [&signature.text, &signature.authorization] {
        if !fields.is_empty() && !fields.iter().any(|field| field.ident == name) {
            let known: Vec<String> = fields.iter().map(|it| it.ident.to_string()).collect();
            let known: Vec<&str> = known.iter().map(String::as_str).collect();
            errors.push(unknown_name("field", name, &known));
        }
    }
    if signature.text == signature.authorization {
        let message = "the authorization is made of the text, so it goes into another field";
        errors.at(&signature.authorization, message);
    }
}

fn js_api(options: &Options<'_>) -> TokenStream {
    let runtime = &options.runtime;
    let name = &options.attrs.name;
    let since = options.attrs.since.iter().map(|since| since.expand(runtime));
    let support = options.attrs.support.iter();
    let concurrency = options.attrs.concurrency.iter();
    let require = options.fields.iter().map(|field| require(field, runtime));
    let core = quote! {
        const NAME: &'static ::core::primitive::str = #name;
        #(const SUPPORT: #runtime::js_api::SupportPaths = #support;)*
        #(const SINCE: ::core::option::Option<#runtime::js_api::Version> = ::core::option::Option::Some(#since);)*
        #(const CONCURRENCY: ::core::option::Option<::core::primitive::u32> = ::core::option::Option::Some(#concurrency);)*
        #[inline]
        fn require(&self, __requirements: &mut #runtime::js_api::Requirements) {
            use #runtime::js_api::{AnyProbe as _, EnumProbe as _};
            #(#require)*
        }
    };
    impl_js_api(options, &core)
}

fn impl_js_api(options: &Options<'_>, core: &TokenStream) -> TokenStream {
    let (ident, runtime) = (&options.node.ident, &options.runtime);
    let (impl_generics, ty_generics, where_clause) = options.node.generics.split_for_impl();
    let success = or(&options.attrs.success, quote!(()));
    let fail = or(&options.attrs.fail, quote!(()));
    let error = or(&options.attrs.error, quote!(#runtime::error::UndocumentedPair));
    quote! {
        #[automatically_derived]
        impl #impl_generics #runtime::JsApi for #ident #ty_generics #where_clause {
            type Success = #success;
            type Fail = #fail;
            type Error = #error;
            #core
        }
    }
}

fn or(given: &Option<impl ToTokens>, default: TokenStream) -> TokenStream {
    given.as_ref().map_or(default, ToTokens::to_token_stream)
}

/// What the field needs if it is given, and what its value needs: whether that is one of an enum is seen from its type
/// alone, by which of the two probes the compiler takes.
fn require(field: &Field<'_>, runtime: &Path) -> TokenStream {
    let Field { ident, name, since, .. } = field;
    let of_field = since.as_ref().map(|since| {
        let since = since.expand(runtime);
        let given = if field.is_option() { quote!(self.#ident.is_some()) } else { quote!(true) };
        quote!(__requirements.field(#name, #since, #given);)
    });
    quote! {
        #of_field
        __requirements.value(#name, (&#runtime::js_api::Probe(&self.#ident)).since());
    }
}

fn signed(signature: &Signature, options: &Options<'_>) -> TokenStream {
    let (ident, runtime) = (&options.node.ident, &options.runtime);
    let (impl_generics, ty_generics, where_clause) = options.node.generics.split_for_impl();
    let Signature { scheme, uri, text, authorization, quotes, .. } = signature;
    let method = signature.method.to_string();
    let signed_text = quote_spanned!(at(text)=> #runtime::js_api::signed_text(&self.#text));
    let from = quote_spanned!(at(authorization)=> ::core::convert::From::from(authorization));
    quote! {
        #[automatically_derived]
        impl #impl_generics #runtime::js_api::SignedJsApi for #ident #ty_generics #where_clause {
            const SIGNATURE: #runtime::js_api::OptionsSignature = #runtime::js_api::OptionsSignature {
                scheme: &#scheme,
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

/// Where the compiler is to complain of a field of another type.
fn at(name: &Ident) -> Span {
    Span::call_site().located_at(name.span())
}
