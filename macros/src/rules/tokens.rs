//! Tokens of a value: of one that a rule is about, or that was read.

use proc_macro2::{Delimiter, Group, Ident, Literal, Punct, Spacing, Span, TokenStream, TokenTree};
use quote::ToTokens;
use syn::Member;

/// Tokens that are interpolated one by one, and can be given a place: a stream would be a call of the compiler each time.
#[derive(Clone)]
pub(crate) struct Tokens(Vec<TokenTree>);

impl From<TokenStream> for Tokens {
    fn from(tokens: TokenStream) -> Self {
        Self(tokens.into_iter().collect())
    }
}

impl From<Ident> for Tokens {
    fn from(ident: Ident) -> Self {
        Self(vec![ident.into()])
    }
}

impl Tokens {
    /// A reference to a field of what is checked.
    pub(crate) fn of_self(member: &Member) -> Self {
        let member = match member {
            Member::Named(ident) => ident.clone().into(),
            Member::Unnamed(index) => {
                let mut literal = Literal::u32_unsuffixed(index.index);
                literal.set_span(index.span);
                TokenTree::from(literal)
            }
        };
        let own = Ident::new("self", Span::call_site());
        Self(vec![punct('&'), own.into()]).dot(member)
    }

    /// A field of it.
    pub(crate) fn dot(mut self, member: TokenTree) -> Self {
        self.0.extend([punct('.'), member]);
        self
    }

    /// What a method of it returns that takes nothing.
    pub(crate) fn call(self, method: &str) -> Self {
        let mut call = self.dot(Ident::new(method, Span::call_site()).into());
        call.0.push(Group::new(Delimiter::Parenthesis, TokenStream::new()).into());
        call
    }
}

fn punct(sign: char) -> TokenTree {
    Punct::new(sign, Spacing::Alone).into()
}

impl ToTokens for Tokens {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        tokens.extend(self.0.iter().cloned());
    }
}

/// The same at another place.
pub(crate) fn respan(tokens: &Tokens, span: Span) -> Tokens {
    let mut tokens = tokens.clone();
    tokens.0.iter_mut().for_each(|token| token.set_span(span));
    tokens
}
