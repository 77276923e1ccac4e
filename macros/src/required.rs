//! `#[required(Name)]` beside `Encode`: a struct of the fields that must be given, so that each is given by its name, and a
//! method for each that may be left out.

use std::borrow::Cow;
use std::slice::from_ref;

use proc_macro2::TokenStream;
use quote::{ToTokens, format_ident, quote};
use syn::ext::IdentExt;
use syn::parse::ParseStream;
use syn::{
    Attribute, Data, DeriveInput, Error, Expr, Field, Generics, Ident, Lit, Meta, MetaNameValue,
    Result, Token, Type,
};

use crate::attr::{self, parse_name, set};
use crate::errors::{Errors, unknown_name};
use crate::generics;
use crate::item::{is_named, named_fields, option_of};
use crate::{Derive, impls};

/// What the attribute makes of a struct, if the struct has it. Of what is no struct with named fields, `Encode` complains.
pub(crate) fn expand(node: &DeriveInput) -> TokenStream {
    match node.attrs.iter().find(|attr| attr.path().is_ident("required")) {
        None => TokenStream::new(),
        Some(attr) if matches!(node.data, Data::Enum(_)) => {
            let message = "`required` is for a struct with named fields";
            Error::new_spanned(attr, message).to_compile_error()
        }
        Some(_) => impls::<Item<'_>>(node),
    }
}

struct Item<'a> {
    node: &'a DeriveInput,
    /// The struct of those that must be given.
    required: Option<Ident>,
    fields: Vec<Part<'a>>,
}

/// A field, and what a new struct has in it.
struct Part<'a> {
    field: &'a Field,
    ident: &'a Ident,
    start: Start,
    /// The first paragraph of what is said of it.
    docs: Vec<&'a Attribute>,
    deprecated: Option<&'a Attribute>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Start {
    /// What is given.
    Given,
    /// What is given, in an `Option`.
    Some,
    /// Nothing, until it is set.
    None,
    /// Its `Default`.
    Default,
    /// Text that is put in later.
    Empty,
}

impl<'a> Derive<'a> for Item<'a> {
    fn from_syn(node: &'a DeriveInput, errors: &mut Errors) -> Self {
        let mut required = None;
        let named = node.attrs.iter().filter(|attr| !matches!(attr.meta, Meta::Path(_)));
        for attr in named {
            attr::read(from_ref(attr), "required", errors, |input, _| {
                let name = parse_name(input)?;
                set(&mut required, &name.clone(), name)
            });
        }
        let fields = named_fields(node, "Encode", &mut Errors::default());
        let fields = fields.filter_map(|field| Part::from_syn(field, errors)).collect();
        Item { node, required, fields }
    }

    fn check(&self, errors: &mut Errors) {
        for part in self.fields.iter().filter(|part| part.start == Start::Some) {
            if option_of(&part.field.ty).is_none() {
                let message = "`some` is for an `Option`; what is none must be given anyway";
                errors.at(&part.field.ty, message);
            }
        }
        let absent = self.fields.iter().filter(|part| part.start == Start::None);
        let absent: Vec<_> = absent.collect();
        for (place, part) in absent.iter().enumerate() {
            let setter = part.setter();
            if absent[..place].iter().any(|other| other.setter() == setter) {
                let message = format!("two fields have the method `{setter}`, rename one of them");
                errors.at(part.ident, message);
            }
        }
        match (&self.required, self.given().next()) {
            (None, Some(part)) => {
                let name = format_ident!("{}Required", self.node.ident);
                let message = format!(
                    "`{}` must be given: name the struct of what must be, as `#[required({name})]`",
                    part.ident
                );
                errors.at(part.ident, message);
            }
            (Some(name), None) => {
                errors.at(
                    name,
                    "no field must be given, so write `#[required]`: `new` takes nothing",
                );
            }
            _ => {}
        }
    }

    fn expand(&self) -> TokenStream {
        let struct_ = self.required.as_ref().map(|name| self.expand_struct(name));
        let new = self.expand_new();
        let setters = self.fields.iter().filter(|part| part.start == Start::None);
        let setters = setters.map(|part| part.expand_setter(self));
        let (ident, allow) = (&self.node.ident, self.allow());
        let (impl_generics, ty_generics, where_clause) = self.node.generics.split_for_impl();
        quote! {
            #struct_
            #allow
            impl #impl_generics #ident #ty_generics #where_clause {
                #new
                #(#setters)*
            }
        }
    }

    fn dummy(&self) -> TokenStream {
        TokenStream::new()
    }
}

impl<'a> Item<'a> {
    fn given(&self) -> impl Iterator<Item = &Part<'a>> {
        self.fields.iter().filter(|part| matches!(part.start, Start::Given | Start::Some))
    }

    /// The parameters that fields which must be given speak of.
    fn given_generics(&self) -> Generics {
        let generics = &self.node.generics;
        if generics.params.is_empty() {
            return generics.clone();
        }
        let types = self.given().map(|part| part.ty(self.node).to_token_stream());
        let types: Vec<TokenStream> = types.collect();
        generics::used(generics, &types)
    }

    /// For what is written of a field that nobody is to use any more.
    fn allow(&self) -> Option<TokenStream> {
        let has_deprecated = self.fields.iter().any(|part| part.deprecated.is_some());
        has_deprecated.then(|| quote!(#[allow(deprecated)]))
    }

    fn expand_struct(&self, name: &Ident) -> TokenStream {
        let DeriveInput { vis, ident, .. } = self.node;
        let generics = self.given_generics();
        let where_clause = &generics.where_clause;
        let doc = format!("What [`{ident}`] cannot be without.");
        let allow = self.allow();
        let mut fields = TokenStream::new();
        self.given().for_each(|part| part.write_field(self.node, &mut fields));
        quote! {
            #[doc = #doc]
            #allow
            #[allow(missing_debug_implementations)]
            #vis struct #name #generics #where_clause {
                #fields
            }
        }
    }

    fn expand_new(&self) -> TokenStream {
        let vis = &self.node.vis;
        let (given, none) = (self.started(Start::Given), self.started(Start::None));
        let rest = self.fields.iter().filter_map(Part::expand_start);
        let value = quote! {
            Self {
                #(#given: required.#given,)*
                #(#none: ::core::option::Option::None,)*
                #(#rest,)*
            }
        };
        let Some(name) = &self.required else {
            return quote! {
                /// Nothing must be given.
                #[must_use]
                #vis fn new() -> Self {
                    #value
                }
            };
        };
        let generics = self.given_generics();
        let (_, ty_generics, _) = generics.split_for_impl();
        quote! {
            /// With what is required, and without the rest.
            #[must_use]
            #vis fn new(required: #name #ty_generics) -> Self {
                #value
            }
        }
    }

    fn started(&self, start: Start) -> Vec<&Ident> {
        let parts = self.fields.iter().filter(|part| part.start == start);
        parts.map(|part| part.ident).collect()
    }
}

impl<'a> Part<'a> {
    fn from_syn(field: &'a Field, errors: &mut Errors) -> Option<Self> {
        let mut start = None;
        attr::read(&field.attrs, "required", errors, |input, _| {
            let (name, value) = parse_start(input)?;
            set(&mut start, &name, value)
        });
        let usual = if is_named(&field.ty, "Option") { Start::None } else { Start::Given };
        let ident = field.ident.as_ref()?;
        let docs = field.attrs.iter().filter(|attr| attr::is_doc(attr));
        let docs = docs.take_while(|attr| !is_blank(attr)).collect();
        let mut rest = field.attrs.iter().filter(|attr| !attr::is_doc(attr));
        let deprecated = rest.find(|attr| attr.path().is_ident("deprecated"));
        Some(Part { field, ident, start: start.unwrap_or(usual), docs, deprecated })
    }

    /// Of what is given.
    fn ty(&self, node: &DeriveInput) -> Cow<'a, Type> {
        let ty = &self.field.ty;
        let ty = option_of(ty).filter(|_| self.start == Start::Some).unwrap_or(ty);
        generics::without_self(ty, node)
    }

    fn setter(&self) -> Ident {
        let name = self.ident.unraw().to_string();
        format_ident!("with_{}", name.trim_start_matches('_'))
    }

    fn write_field(&self, node: &DeriveInput, tokens: &mut TokenStream) {
        let Part { field: Field { vis, .. }, ident, docs, .. } = self;
        docs.iter().for_each(|doc| doc.to_tokens(tokens));
        self.name().to_tokens(tokens);
        self.deprecated.to_tokens(tokens);
        vis.to_tokens(tokens);
        ident.to_tokens(tokens);
        <Token![:]>::default().to_tokens(tokens);
        self.ty(node).to_tokens(tokens);
        <Token![,]>::default().to_tokens(tokens);
    }

    /// What is neither given as it is nor left out.
    fn expand_start(&self) -> Option<TokenStream> {
        let ident = self.ident;
        let value = match self.start {
            Start::Given | Start::None => return None,
            Start::Some => quote!(::core::option::Option::Some(required.#ident)),
            Start::Default => quote!(::core::default::Default::default()),
            Start::Empty => quote!(::core::convert::From::from("")),
        };
        Some(quote!(#ident: #value))
    }

    /// Generic where the type has a name of its own, so that it is compiled only where it is called.
    fn expand_setter(&self, item: &Item<'_>) -> TokenStream {
        let Part { field, ident, docs, .. } = self;
        let Some(ty) = option_of(&field.ty) else { return TokenStream::new() };
        let (vis, setter, name) = (&item.node.vis, self.setter(), self.name());
        let deprecated = self.deprecated.iter();
        let method = match is_plain(ty) || self.is_of_values() {
            true => quote! {
                (mut self, #ident: #ty) -> Self {
                    self.#ident = ::core::option::Option::Some(#ident);
                    self
                }
            },
            false => quote! {
                (mut self, #ident: impl ::core::convert::Into<#ty>) -> Self {
                    self.#ident = ::core::option::Option::Some(::core::convert::Into::into(#ident));
                    self
                }
            },
        };
        quote! {
            #(#docs)*
            #name
            #(#deprecated)*
            #[must_use]
            #vis fn #setter #method
        }
    }

    /// Whether it is an enum of documented values, which are given as they are.
    fn is_of_values(&self) -> bool {
        let mut is_documented = false;
        attr::read(&self.field.attrs, "validate", &mut Errors::default(), |input, _| {
            is_documented |= parse_name(input)? == "documented";
            attr::skip_value(input);
            Ok(())
        });
        is_documented
    }

    /// What is said of a field of which nothing is said.
    fn name(&self) -> Option<TokenStream> {
        self.docs.is_empty().then(|| {
            let doc = format!("What `{}` is.", self.ident.unraw());
            quote!(#[doc = #doc])
        })
    }
}

fn parse_start(input: ParseStream<'_>) -> Result<(Ident, Start)> {
    let name = parse_name(input)?;
    let start = match name.to_string().as_str() {
        "given" => Start::Given,
        "some" => Start::Some,
        "default" => Start::Default,
        "empty" => Start::Empty,
        _ => {
            let known = ["given", "some", "default", "empty"];
            return Err(unknown_name("start of a field", &name, &known));
        }
    };
    Ok((name, start))
}

/// A type of the language's own, whose literals would not say what they are to become; or an `Option`, of which `None` would not.
fn is_plain(ty: &Type) -> bool {
    const PLAIN: [&str; 8] = ["i64", "u64", "i32", "u32", "f64", "bool", "Option", "char"];
    PLAIN.iter().any(|name| is_named(ty, name))
}

/// A line of a doc with nothing on it, whose text is kept [as it stands](crate::node::Node).
fn is_blank(doc: &Attribute) -> bool {
    let Meta::NameValue(MetaNameValue { value: Expr::Lit(text), .. }) = &doc.meta else {
        return false;
    };
    let Lit::Verbatim(text) = &text.lit else { return false };
    text.to_string().trim_matches('"').trim().is_empty()
}
