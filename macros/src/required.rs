//! `#[required(Name)]` beside `Encode`: a struct of the fields that must be given, so that each is given by its name, and a
//! method for each that may be left out.

use std::slice::from_ref;

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::ext::IdentExt;
use syn::parse::ParseStream;
use syn::{
    Attribute, Data, DeriveInput, Error, Expr, Field, Generics, Ident, Meta, MetaNameValue, Result,
    Type,
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
        let ident = &self.node.ident;
        let (impl_generics, ty_generics, where_clause) = self.node.generics.split_for_impl();
        quote! {
            #struct_
            #[allow(deprecated)]
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
        let types: Vec<TokenStream> = self.given().map(|part| part.ty(self.node)).collect();
        generics::used(generics, &types)
    }

    fn expand_struct(&self, name: &Ident) -> TokenStream {
        let DeriveInput { vis, ident, .. } = self.node;
        let generics = self.given_generics();
        let where_clause = &generics.where_clause;
        let doc = format!("What [`{ident}`] cannot be without.");
        let fields = self.given().map(|part| part.expand_field(self.node));
        quote! {
            #[doc = #doc]
            #[allow(deprecated, missing_debug_implementations)]
            #vis struct #name #generics #where_clause {
                #(#fields,)*
            }
        }
    }

    fn expand_new(&self) -> TokenStream {
        let vis = &self.node.vis;
        let starts = self.fields.iter().map(Part::expand_start);
        let value = quote!(Self { #(#starts,)* });
        let Some(name) = &self.required else {
            return quote! {
                /// Nothing must be given.
                #[inline]
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
            #[inline]
            #[must_use]
            #vis fn new(required: #name #ty_generics) -> Self {
                #value
            }
        }
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
        Some(Part { field, ident, start: start.unwrap_or(usual) })
    }

    /// Of what is given.
    fn ty(&self, node: &DeriveInput) -> TokenStream {
        let ty = &self.field.ty;
        let ty = option_of(ty).filter(|_| self.start == Start::Some).unwrap_or(ty);
        generics::without_self(ty, node)
    }

    fn setter(&self) -> Ident {
        let name = self.ident.unraw().to_string();
        format_ident!("with_{}", name.trim_start_matches('_'))
    }

    fn expand_field(&self, node: &DeriveInput) -> TokenStream {
        let Part { field: Field { vis, .. }, ident, .. } = self;
        let (ty, described) = (self.ty(node), self.describe());
        quote!(#described #vis #ident: #ty)
    }

    fn expand_start(&self) -> TokenStream {
        let ident = self.ident;
        match self.start {
            Start::Given => quote!(#ident: required.#ident),
            Start::Some => quote!(#ident: ::core::option::Option::Some(required.#ident)),
            Start::None => quote!(#ident: ::core::option::Option::None),
            Start::Default => quote!(#ident: ::core::default::Default::default()),
            Start::Empty => quote!(#ident: ::core::convert::From::from("")),
        }
    }

    /// Generic where the type has a name of its own, so that it is compiled only where it is called.
    fn expand_setter(&self, item: &Item<'_>) -> TokenStream {
        let Part { field, ident, .. } = self;
        let Some(ty) = option_of(&field.ty) else { return TokenStream::new() };
        let (vis, setter, described) = (&item.node.vis, self.setter(), self.describe());
        let (inline, given, value) = match is_plain(ty) {
            true => (Some(quote!(#[inline])), quote!(#ty), quote!(#ident)),
            false => (
                None,
                quote!(impl ::core::convert::Into<#ty>),
                quote!(::core::convert::Into::into(#ident)),
            ),
        };
        quote! {
            #described
            #inline
            #[must_use]
            #vis fn #setter(mut self, #ident: #given) -> Self {
                self.#ident = ::core::option::Option::Some(#value);
                self
            }
        }
    }

    /// The first paragraph of what is said of a field, or its name, and that it is deprecated.
    fn describe(&self) -> TokenStream {
        let attrs = &self.field.attrs;
        let docs = attrs.iter().filter(|attr| attr.path().is_ident("doc"));
        let mut docs = docs.take_while(|attr| !is_blank(attr)).peekable();
        let named = docs.peek().is_none().then(|| {
            let doc = format!("What `{}` is.", self.ident.unraw());
            quote!(#[doc = #doc])
        });
        let deprecated = attrs.iter().filter(|attr| attr.path().is_ident("deprecated"));
        quote!(#(#docs)* #named #(#deprecated)*)
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
    let Meta::NameValue(MetaNameValue { value: Expr::Verbatim(text), .. }) = &doc.meta else {
        return false;
    };
    text.to_string().trim_matches('"').trim().is_empty()
}
