//! Tokens on one line: where a space goes.

use std::fmt::{Display, Write};

use proc_macro2::{Group, Punct, Spacing, TokenTree};

use super::{Printer, content, is_punct, signs};

/// What a token leaves for the next one.
#[derive(Clone, Copy, PartialEq)]
enum After {
    /// Nothing comes between.
    Open,
    /// A space comes before a word, none before a bracket or `::`.
    Word,
    /// A space comes before all of them.
    Sign,
}

impl Printer {
    /// Everything on one line.
    pub(super) fn print_flat(&mut self, tokens: impl IntoIterator<Item = TokenTree>) {
        let mut tokens = tokens.into_iter().peekable();
        let mut before = After::Open;
        while let Some(token) = tokens.next() {
            before = match token {
                TokenTree::Ident(ident) => self.print_word(&ident, before),
                TokenTree::Literal(literal) => self.print_word(&literal, before),
                TokenTree::Group(group) => self.print_group(group, before),
                // An attribute of a value in a tuple: its bracket follows directly, and what follows that does not.
                TokenTree::Punct(punct) if punct.as_char() == '#' => {
                    self.space(before != After::Open);
                    self.text.push('#');
                    if let Some(TokenTree::Group(group)) = tokens.next() {
                        self.print_group(group, After::Open);
                    }
                    After::Sign
                }
                TokenTree::Punct(punct) => {
                    let second = tokens.next_if(|next| is_pair(&punct, next));
                    self.print_sign(punct.as_char(), second, before)
                }
            };
        }
    }

    fn print_word(&mut self, word: &dyn Display, before: After) -> After {
        self.space(before != After::Open);
        let start = self.text.len();
        self.write(word);
        let is_lifetime = self.text[..start].ends_with('\'');
        if is_lifetime || is_keyword(&self.text[start..]) { After::Sign } else { After::Word }
    }

    fn print_group(&mut self, group: Group, before: After) -> After {
        let (open, close) = signs(&group);
        let is_block = open == '{';
        self.space(before == After::Sign || (is_block && before == After::Word));
        self.text.push(open);
        self.space(is_block);
        self.print_flat(content(TokenTree::Group(group)));
        self.space(is_block);
        self.text.push(close);
        After::Word
    }

    fn print_sign(&mut self, sign: char, second: Option<TokenTree>, before: After) -> After {
        let (space, after) = match (sign, &second) {
            (':', Some(_)) => (before == After::Sign, After::Open),
            ('<', _) => (false, After::Open),
            ('>' | '?', None) => (false, After::Word),
            (',' | ';' | ':', None) => (false, After::Sign),
            ('.', None) => (false, After::Open),
            ('*', None) if before == After::Open => (false, After::Open),
            ('.', Some(_)) => (before != After::Open, After::Word),
            // Between two values it is a sign, before one a part of it.
            ('-', None) if before == After::Word => (true, After::Sign),
            ('!', None) if before == After::Word => (false, After::Open),
            // The first of a closure comes before its argument, the second after it.
            ('|', None) if before == After::Word => (false, After::Sign),
            ('&' | '-' | '!' | '|' | '\'', None) => (before != After::Open, After::Open),
            _ => (true, After::Sign),
        };
        self.space(space);
        self.text.push(sign);
        if let Some(second) = second {
            self.write(&second);
        }
        after
    }

    fn space(&mut self, space: bool) {
        if space {
            self.text.push(' ');
        }
    }

    fn write(&mut self, token: &dyn Display) {
        // Writing to a string cannot fail.
        let _ = write!(self.text, "{token}");
    }
}

/// Whether two signs are one.
fn is_pair(first: &Punct, second: &TokenTree) -> bool {
    let pairs = [
        (':', ':'),
        ('-', '>'),
        ('=', '='),
        ('!', '='),
        ('=', '>'),
        ('&', '&'),
        ('|', '|'),
        ('.', '.'),
    ];
    let is_second = |sign| is_punct(second, sign);
    first.spacing() == Spacing::Joint
        && pairs.iter().any(|&(one, two)| first.as_char() == one && is_second(two))
}

/// Keywords that a bracket or a path does not follow directly.
pub(super) fn is_keyword(word: &str) -> bool {
    matches!(
        word,
        "const"
            | "else"
            | "enum"
            | "fn"
            | "for"
            | "if"
            | "impl"
            | "in"
            | "let"
            | "match"
            | "mod"
            | "pub"
            | "return"
            | "struct"
            | "type"
            | "use"
    )
}
