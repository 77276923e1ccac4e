//! Writes the impl.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use syn::Path;

use super::model::{Field, Options};

pub(super) fn expand(options: &Options<'_>, runtime: &Path) -> TokenStream {
    let name = &options.attrs.name;
    let since = options.attrs.since.iter().map(|since| since.expand(runtime));
    let concurrency = options.attrs.concurrency.iter();
    let require = options.fields.iter().map(|field| require(field, runtime));
    let core = quote! {
        const NAME: &'static ::core::primitive::str = #name;
        #(const SINCE: ::core::option::Option<#runtime::Version> = ::core::option::Option::Some(#since);)*
        #(const CONCURRENCY: ::core::option::Option<::core::primitive::u32> = ::core::option::Option::Some(#concurrency);)*
        #[inline]
        fn require(&self, __requirements: &mut #runtime::js_api::Requirements) {
            use #runtime::js_api::{AnyProbe as _, EnumProbe as _};
            #(#require)*
        }
    };
    let js_api = impl_js_api(options, runtime, &core);
    let signed = options.attrs.signature.as_ref().map(|signature| {
        let core = signature.expand(runtime);
        let ident = &options.node.ident;
        let (impl_generics, ty_generics, where_clause) = options.node.generics.split_for_impl();
        quote! {
            #[automatically_derived]
            impl #impl_generics #runtime::SignedJsApi for #ident #ty_generics #where_clause {
                #core
            }
        }
    });
    quote!(#js_api #signed)
}

/// The same impl with nothing in it.
pub(super) fn dummy(options: &Options<'_>, runtime: &Path) -> TokenStream {
    impl_js_api(
        options,
        runtime,
        &quote!(
            const NAME: &'static ::core::primitive::str = "";
        ),
    )
}

fn impl_js_api(options: &Options<'_>, runtime: &Path, core: &TokenStream) -> TokenStream {
    let ident = &options.node.ident;
    let (impl_generics, ty_generics, where_clause) = options.node.generics.split_for_impl();
    let success = or(&options.attrs.success, quote!(()));
    let fail = or(&options.attrs.fail, quote!(()));
    let error = or(&options.attrs.error, quote!(#runtime::UndocumentedPair));
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
