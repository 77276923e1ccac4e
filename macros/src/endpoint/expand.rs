//! Writes the impl.

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::Path;

use super::attr::{Method, Place};
use super::model::{Call, Request};

pub(super) fn expand(request: &Request<'_>, call: &Call<'_>, runtime: &Path) -> TokenStream {
    let meta = meta(request, call, runtime);
    let parameters = parameters(request, runtime);
    let idempotency_key = idempotency_key(request, runtime);
    let core = quote! {
        const META: #runtime::EndpointMeta = #meta;
        #parameters
        #idempotency_key
    };
    impl_endpoint(request, runtime, &core)
}

/// The same impl with nothing in it.
pub(super) fn dummy(request: &Request<'_>, runtime: &Path) -> TokenStream {
    let core = quote!(const META: #runtime::EndpointMeta = #runtime::EndpointMeta::UNSOUND;);
    impl_endpoint(request, runtime, &core)
}

fn impl_endpoint(request: &Request<'_>, runtime: &Path, core: &TokenStream) -> TokenStream {
    let ident = &request.node.ident;
    let (impl_generics, ty_generics, where_clause) = request.node.generics.split_for_impl();
    let response = or(&request.attrs.response, quote!(()));
    let error = or(&request.attrs.error, quote!(#runtime::UndocumentedError));
    quote! {
        #[automatically_derived]
        impl #impl_generics #runtime::Endpoint for #ident #ty_generics #where_clause {
            type Response = #response;
            type Error = #error;
            #core
        }
    }
}

fn meta(request: &Request<'_>, call: &Call<'_>, runtime: &Path) -> TokenStream {
    let Call { line, name, host, envelope } = call;
    let path = &line.path;
    let method = match line.method {
        Method::Get => quote!(Get),
        Method::Post => quote!(Post),
    };
    let auth = request.attrs.auth.iter();
    let scope = request.attrs.scope.iter();
    let duplicate = request.attrs.duplicate.iter();
    quote! {
        #runtime::EndpointMeta::new(#name, #runtime::Method::#method, #path, &#host, &#envelope)
            #(.auth(&#auth))*
            #(.scope(#scope))*
            #(.duplicate(#duplicate))*
    }
}

fn parameters(request: &Request<'_>, runtime: &Path) -> Option<TokenStream> {
    let placed = request.fields.iter().filter_map(|field| Some((field, field.place()?)));
    let lines: Vec<TokenStream> = placed
        .map(|(field, place)| {
            let (ident, name) = (field.ident, &field.name);
            match place {
                Place::Path => quote!(__parameters.path(#name, &self.#ident);),
                Place::Query => quote!(__parameters.query(#name, &self.#ident);),
            }
        })
        .collect();
    (!lines.is_empty()).then(|| {
        quote! {
            #[inline]
            fn parameters(&self, __parameters: &mut #runtime::Parameters) {
                #(#lines)*
            }
        }
    })
}

fn idempotency_key(request: &Request<'_>, runtime: &Path) -> Option<TokenStream> {
    let key = request.attrs.idempotency_key.as_ref()?;
    let key = quote_spanned!(Span::call_site().located_at(key.span())=> &self.#key);
    Some(quote! {
        #[inline]
        fn idempotency_key(&self) -> ::core::option::Option<&::core::primitive::str> {
            #runtime::WireText::text(#key)
        }
    })
}

fn or(given: &Option<impl ToTokens>, default: TokenStream) -> TokenStream {
    given.as_ref().map_or(default, ToTokens::to_token_stream)
}
