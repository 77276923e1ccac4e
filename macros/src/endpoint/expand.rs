//! Writes the impl.

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, format_ident, quote, quote_spanned};
use syn::spanned::Spanned;
use syn::{Ident, Path};

use super::{
    BodyKind, Call, ConstantValue, Counts, Field, Issues, Method, Place, RateLimit, Request,
    ResponseBody, Spelling, Word, paging,
};

pub(super) fn expand(request: &Request<'_>, call: &Call<'_>) -> TokenStream {
    let runtime = &request.runtime;
    let meta = meta(request, call);
    let parameters = parameters(request);
    let files = files(request);
    let rate_key = rate_key(request);
    let idempotency_key = idempotency_key(request);
    let core = quote! {
        const META: #runtime::meta::EndpointMeta = #meta;
        #parameters
        #files
        #rate_key
        #idempotency_key
    };
    let issues = issues(request);
    let paging = paging::expand(request);
    [Some(impl_endpoint(request, &core)), issues, paging].into_iter().flatten().collect()
}

/// The same impl with nothing in it.
pub(super) fn dummy(request: &Request<'_>) -> TokenStream {
    let runtime = &request.runtime;
    let core =
        quote!(const META: #runtime::meta::EndpointMeta = #runtime::meta::EndpointMeta::UNSOUND;);
    impl_endpoint(request, &core)
}

fn impl_endpoint(request: &Request<'_>, core: &TokenStream) -> TokenStream {
    let (ident, runtime) = (&request.node.ident, &request.runtime);
    let (impl_generics, ty_generics, where_clause) = request.node.generics.split_for_impl();
    let response = or(&request.attrs.response, quote!(()));
    let error = or(&request.attrs.error, quote!(#runtime::error::UndocumentedError));
    quote! {
        #[automatically_derived]
        impl #impl_generics #runtime::Endpoint for #ident #ty_generics #where_clause {
            type Response = #response;
            type Error = #error;
            #core
        }
    }
}

fn meta(request: &Request<'_>, call: &Call<'_>) -> TokenStream {
    let runtime = &request.runtime;
    let Call { line, name, host, envelope } = call;
    let path = &line.path;
    let method = match line.method {
        Method::Get => quote!(Get),
        Method::Head => quote!(Head),
        Method::Post => quote!(Post),
        Method::Put => quote!(Put),
        Method::Patch => quote!(Patch),
        Method::Delete => quote!(Delete),
    };
    let auth = request.attrs.auth.iter();
    let scope = request.attrs.scope.iter();
    let url_hosts = request.attrs.url_hosts.iter();
    let duplicate = request.attrs.duplicate.iter().map(|code| code.expand(runtime));
    let body = request.body_kind().filter(|_| !line.method.has_no_body());
    let body = body.map(|kind| body_kind(kind, runtime));
    let response = request.attrs.response_body.iter().map(|body| response_kind(body, request));
    let content_type = request.attrs.content_type.iter();
    let spelling = spelling(request);
    let safe = request.attrs.safe.iter();
    let unsigned = request.attrs.unsigned.iter();
    let rate_limits = rate_limits(request);
    quote! {
        #runtime::meta::EndpointMeta::new(#name, #runtime::meta::Method::#method, #path, &#host, &#envelope)
            #(.auth(&#auth))*
            #(.scope(#scope))*
            #(.url_hosts(&[#(#url_hosts),*]))*
            #(.duplicate(#duplicate))*
            #body
            #(.response(#response))*
            #(.content_type(#content_type))*
            #spelling
            #(.#safe())*
            #(.#unsigned())*
            #rate_limits
    }
}

fn body_kind(kind: BodyKind, runtime: &Path) -> TokenStream {
    let kind = match kind {
        BodyKind::Json => quote!(Json),
        BodyKind::Form => quote!(Form),
        BodyKind::Multipart => quote!(Multipart),
        BodyKind::Text => quote!(Text),
        BodyKind::Binary => quote!(Binary),
        BodyKind::None => quote!(None),
    };
    quote!(.body(#runtime::meta::BodyKind::#kind))
}

fn response_kind(body: &ResponseBody, request: &Request<'_>) -> TokenStream {
    let (runtime, kind) = (&request.runtime, format_ident!("{}", body.kind));
    let ty = request.attrs.response.iter().filter(|_| body.kind == "ByStatus");
    let statuses = ty.map(|ty| quote!((<#ty as #runtime::Responses<'static>>::STATUSES)));
    quote!(#runtime::meta::ResponseKind::#kind #(#statuses)*)
}

/// How lists and objects are spelled, where that is not as usual.
fn spelling(request: &Request<'_>) -> TokenStream {
    let (runtime, attrs) = (&request.runtime, &request.attrs);
    let usual = (!attrs.spelling.is_usual()).then(|| {
        let spelling = expand_spelling([&attrs.spelling], runtime);
        quote!(.spelling(#spelling))
    });
    let own = request.fields.iter().filter(|field| !field.attrs.spelling.is_usual());
    let own: Vec<TokenStream> = own
        .map(|field| {
            let spelling = expand_spelling([&field.attrs.spelling, &attrs.spelling], runtime);
            let name = field.name();
            quote!((#name, #spelling))
        })
        .collect();
    let own = (!own.is_empty()).then(|| quote!(.spellings(&[#(#own),*])));
    quote!(#usual #own)
}

/// What the first of them says that says something.
fn expand_spelling<const N: usize>(said: [&Spelling; N], runtime: &Path) -> TokenStream {
    let variant =
        |word: Option<&Word>, usual| format_ident!("{}", word.map_or(usual, |word| word.variant));
    let lists = variant(said.iter().find_map(|spelling| spelling.lists.as_ref()), "Repeated");
    let objects = variant(said.iter().find_map(|spelling| spelling.objects.as_ref()), "Json");
    quote!(#runtime::meta::Spelling::new(#runtime::meta::Lists::#lists, #runtime::meta::Objects::#objects))
}

fn rate_limits(request: &Request<'_>) -> Option<TokenStream> {
    let limits = &request.attrs.rate_limits;
    let written = limits.iter().map(|limit| rate_limit(limit, request));
    (!limits.is_empty()).then(|| quote!(.rate_limits(&[#(#written),*])))
}

fn rate_limit(limit: &RateLimit, request: &Request<'_>) -> TokenStream {
    let runtime = &request.runtime;
    let RateLimit { calls, per, by, counts } = limit;
    let by = by.iter().filter_map(|ident| request.field(ident)).map(Field::name);
    let counts = match counts {
        Counts::All => quote!(All),
        Counts::Successes => quote!(Successes),
    };
    quote! {
        #runtime::meta::RateLimit {
            calls: #calls,
            per: #per,
            by: &[#(#by),*],
            counts: #runtime::meta::Counts::#counts,
        }
    }
}

fn parameters(request: &Request<'_>) -> Option<TokenStream> {
    let runtime = &request.runtime;
    let constants = request.attrs.constants.iter().map(|constant| {
        let (name, value) = (&constant.name, constant.value.expand());
        place(constant.place, &quote!(#name), &value)
    });
    let fields = request.fields.iter().filter_map(|field| {
        let (ident, name) = (field.ident, field.name());
        Some(place(field.place()?, &quote!(#name), &quote!(&self.#ident)))
    });
    let lines: Vec<TokenStream> = constants.chain(fields).flatten().collect();
    (!lines.is_empty()).then(|| {
        quote! {
            #[inline]
            fn parameters(&self, __parameters: &mut #runtime::endpoint::Parameters) {
                #(#lines)*
            }
        }
    })
}

/// The line that puts a value where it goes; files go elsewhere.
fn place(place: Place, name: &TokenStream, value: &TokenStream) -> Option<TokenStream> {
    match place {
        Place::Path => Some(quote!(__parameters.path(#name, #value);)),
        Place::Query => Some(quote!(__parameters.query(#name, #value);)),
        Place::Header => Some(quote!(__parameters.header(#name, #value);)),
        Place::File => None,
    }
}

impl ConstantValue {
    /// A reference to text.
    fn expand(&self) -> TokenStream {
        match self {
            ConstantValue::Text(text) => quote!(&#text),
            // What the compiler finds wrong with it is at the path.
            ConstantValue::Path(path) => {
                let span = Span::call_site().located_at(path.span());
                quote_spanned!(span=> ::core::convert::identity::<&&::core::primitive::str>(&#path))
            }
        }
    }
}

fn files(request: &Request<'_>) -> Option<TokenStream> {
    let runtime = &request.runtime;
    let lines: Vec<TokenStream> = request
        .fields_in(Place::File)
        .map(|field| {
            let (ident, name) = (field.ident, field.name());
            let ty = Span::call_site().located_at(field.node.ty.span());
            let value = quote_spanned!(ty=> &self.#ident);
            quote!(__files.file(#name, #value);)
        })
        .collect();
    (!lines.is_empty()).then(|| {
        quote! {
            #[inline]
            fn files<'__a>(&'__a self, __files: &mut #runtime::endpoint::Files<'__a>) {
                #(#lines)*
            }
        }
    })
}

/// Each field that some limit counts by, once.
fn rate_key(request: &Request<'_>) -> Option<TokenStream> {
    let runtime = &request.runtime;
    let limits = &request.attrs.rate_limits;
    let is_counted_by = |ident: &Ident| limits.iter().any(|limit| limit.by.contains(ident));
    let counted = request.fields.iter().filter(|field| is_counted_by(field.ident));
    let values: Vec<TokenStream> = counted
        .map(|field| {
            let (ident, name) = (field.ident, field.name());
            quote!(.with(__limit, #name, &self.#ident))
        })
        .collect();
    (!values.is_empty()).then(|| {
        quote! {
            fn rate_key(&self, __limit: &#runtime::meta::RateLimit) -> #runtime::endpoint::RateKey {
                #runtime::endpoint::RateKey::new()#(#values)*
            }
        }
    })
}

fn issues(request: &Request<'_>) -> Option<TokenStream> {
    let runtime = &request.runtime;
    let issues = request.attrs.issues.as_ref()?;
    let auth = &issues.auth;
    let issued = issued(issues, runtime);
    let ident = &request.node.ident;
    let (impl_generics, ty_generics, where_clause) = request.node.generics.split_for_impl();
    Some(quote! {
        #[automatically_derived]
        impl #impl_generics #runtime::endpoint::IssuesToken for #ident #ty_generics #where_clause {
            const AUTH: &'static #runtime::meta::Auth = &#auth;

            fn issued(__response: &Self::Response) -> #runtime::endpoint::IssuedToken {
                #issued
            }
        }
    })
}

fn issued(issues: &Issues, runtime: &Path) -> TokenStream {
    let text = |field: &Ident| {
        let value = quote_spanned!(located(field)=> &__response.#field);
        quote!(#runtime::validate::field::WireText::text(#value).map(#runtime::Secret::from))
    };
    let lifetime = |field: &Ident| {
        let value = quote_spanned!(located(field)=> &__response.#field);
        quote!(#runtime::endpoint::TokenLifetime::lifetime(#value))
    };
    let token = text(&issues.token);
    let expires_in = issues.expires_in.iter().map(lifetime);
    let refresh_token = issues.refresh_token.iter().map(text);
    let refresh_expires_in = issues.refresh_expires_in.iter().map(lifetime);
    quote! {
        #[allow(unused_mut, reason = "there may be nothing to add to the token")]
        let mut __issued = #runtime::endpoint::IssuedToken::new(#token.unwrap_or_default());
        #(__issued.expires_in = #expires_in;)*
        #(__issued.refresh_token = #refresh_token;)*
        #(__issued.refresh_expires_in = #refresh_expires_in;)*
        __issued
    }
}

fn located(ident: &Ident) -> Span {
    Span::call_site().located_at(ident.span())
}

fn idempotency_key(request: &Request<'_>) -> Option<TokenStream> {
    let runtime = &request.runtime;
    let fields = request.attrs.idempotency_key.as_ref()?;
    let values = fields.iter().map(|field| quote_spanned!(located(field)=> &self.#field));
    let key = match fields.len() {
        1 => quote!(#(#runtime::endpoint::key_of(#values))*),
        _ => quote!(#runtime::endpoint::KeyParts::new()#(.with(#values))*.into_key()),
    };
    Some(quote! {
        fn idempotency_key(&self) -> #runtime::endpoint::Key<'_> {
            #key
        }
    })
}

fn or(given: &Option<impl ToTokens>, default: TokenStream) -> TokenStream {
    given.as_ref().map_or(default, ToTokens::to_token_stream)
}
