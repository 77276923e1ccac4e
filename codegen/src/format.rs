//! Tokens → text, under the header that says whose text it is.
//!
//! Lays out what `emit` makes and no other Rust: an attribute is one line however long, so that a changed limit changes
//! one line; what is in braces is one line an item; a line too long has its arguments on lines of their own. To parse
//! the tokens for a formatter of all Rust costs more than to read, check and lower the spec that they were made from.

use std::fmt::{Display, Write};
use std::iter::Peekable;

use proc_macro2::token_stream::IntoIter;
use proc_macro2::{Delimiter, Group, Literal, Punct, Spacing, TokenStream, TokenTree};

use crate::output::{Files, HEADER};

const WIDTH: usize = 100;
const INDENT: &str = "    ";

/// The text of each file, its pieces divided by blank lines.
pub(crate) fn format(files: Vec<(String, Vec<TokenStream>)>) -> Files {
    files.into_iter().map(|(name, pieces)| (name, format_file(pieces))).collect()
}

fn format_file(pieces: Vec<TokenStream>) -> String {
    let mut printer = Printer { text: HEADER.to_owned(), depth: 0 };
    for piece in pieces {
        printer.text.push('\n');
        printer.print_lines(piece);
    }
    printer.text
}

struct Printer {
    text: String,
    /// How many braces are open.
    depth: usize,
}

impl Printer {
    /// The file, or what is in braces: attributes, and what ends with a comma, a semicolon or braces.
    fn print_lines(&mut self, tokens: TokenStream) {
        let mut tokens = tokens.into_iter().peekable();
        while let Some(token) = tokens.next() {
            self.indent();
            match token {
                TokenTree::Punct(hash) if hash.as_char() == '#' => {
                    self.print_attribute(&mut tokens)
                }
                first => {
                    self.print_line(first, &mut tokens);
                    let is_item = !self.text.ends_with(',');
                    if is_item && tokens.peek().is_some_and(|next| is_punct(next, '#')) {
                        self.text.push('\n');
                    }
                }
            }
            self.text.push('\n');
        }
    }

    fn indent(&mut self) {
        self.text.extend(std::iter::repeat_n(INDENT, self.depth));
    }

    fn print_attribute(&mut self, tokens: &mut Peekable<IntoIter>) {
        let is_inner = tokens.next_if(|token| is_punct(token, '!')).is_some();
        let content: Vec<TokenTree> = tokens.next().map(content).into_iter().flatten().collect();
        match content.as_slice() {
            [TokenTree::Ident(name), _, TokenTree::Literal(text)] if name == "doc" => {
                self.text.push_str(if is_inner { "//!" } else { "///" });
                self.text.push_str(&unescape(text));
            }
            _ => {
                self.text.push_str(if is_inner { "#![" } else { "#[" });
                self.print_flat(content);
                self.text.push(']');
            }
        }
    }

    fn print_line(&mut self, first: TokenTree, tokens: &mut Peekable<IntoIter>) {
        let (head, braces) = take_head(first, tokens);
        self.print_head(head);
        let Some(braces) = braces else { return };
        self.print_braces(braces);
        let end = tokens.next_if(|token| is_punct(token, ';') || is_punct(token, ','));
        self.print_flat(end);
    }

    fn print_braces(&mut self, braces: Group) {
        let content = content(TokenTree::Group(braces));
        if content.is_empty() {
            self.text.push_str(" {}");
            return;
        }
        self.text.push_str(" {\n");
        self.depth += 1;
        self.print_lines(content);
        self.depth -= 1;
        self.indent();
        self.text.push('}');
    }

    /// A line up to its braces; the longest of its lists on lines of its own if it is too long.
    fn print_head(&mut self, head: Vec<TokenTree>) {
        if !head.iter().any(|token| matches!(token, TokenTree::Group(_))) {
            return self.print_flat(head);
        }
        let start = self.text.len();
        self.print_flat(head.iter().cloned());
        if self.depth * INDENT.len() + self.text[start..].chars().count() <= WIDTH {
            return;
        }
        if let calls @ [_, _, ..] = &*calls(&head) {
            self.text.truncate(start);
            self.print_chain(&head, calls);
        } else if let Some(list) = longest_list(&head) {
            self.text.truncate(start);
            self.print_broken(head, list);
        }
    }

    /// Each call of a chain on a line of its own.
    fn print_chain(&mut self, head: &[TokenTree], calls: &[usize]) {
        self.print_flat(head[..calls[0]].iter().cloned());
        self.depth += 1;
        let ends = calls[1..].iter().copied().chain([head.len()]);
        for (start, end) in calls.iter().copied().zip(ends) {
            self.text.push('\n');
            self.indent();
            self.print_flat(head[start..end].iter().cloned());
        }
        self.depth -= 1;
    }

    fn print_broken(&mut self, mut head: Vec<TokenTree>, list: usize) {
        let after = head.split_off(list + 1);
        let Some(TokenTree::Group(list)) = head.pop() else { return };
        let (open, close) = signs(&list);
        self.print_flat(head);
        if open == '{' {
            self.text.push(' ');
        }
        self.text.push(open);
        self.text.push('\n');
        self.depth += 1;
        for item in items(list.stream()) {
            self.indent();
            self.print_head(item);
            self.text.push_str(",\n");
        }
        self.depth -= 1;
        self.indent();
        self.text.push(close);
        self.print_flat(after);
    }
}

/// Where the calls of methods begin that are made one on the result of the other.
fn calls(head: &[TokenTree]) -> Vec<usize> {
    let is_call = |window: &[TokenTree]| {
        matches!(window, [dot, TokenTree::Ident(_), TokenTree::Group(group)]
            if is_punct(dot, '.') && group.delimiter() == Delimiter::Parenthesis)
    };
    let calls = head.windows(3).enumerate().filter(|(_, window)| is_call(window));
    calls.map(|(index, _)| index).collect()
}

/// Where the longest group is that commas divide: arguments, what an array has, the fields of a value.
fn longest_list(head: &[TokenTree]) -> Option<usize> {
    let lists = head.iter().enumerate().filter_map(|(index, token)| match token {
        TokenTree::Group(group) if is_list(&head[..index], group) => {
            Some((group.to_string().len(), index))
        }
        _ => None,
    });
    lists.max().map(|(_, index)| index)
}

/// Whether a comma behind its last item would not change what it means.
fn is_list(before: &[TokenTree], group: &Group) -> bool {
    let is_called = match before {
        [.., TokenTree::Ident(name)] => !is_keyword(&name.to_string()),
        [.., TokenTree::Ident(_), token] => is_punct(token, '>') || is_punct(token, '!'),
        [.., token] => is_punct(token, '>'),
        [] => false,
    };
    match group.delimiter() {
        Delimiter::Parenthesis => is_called,
        Delimiter::Bracket => {
            let has =
                |is: fn(&TokenTree) -> bool| group.stream().into_iter().any(|token| is(&token));
            // Numbers stay on one line.
            has(|token| is_punct(token, ',')) && has(|token| matches!(token, TokenTree::Ident(_)))
        }
        Delimiter::Brace => is_called,
        Delimiter::None => false,
    }
}

fn signs(group: &Group) -> (char, char) {
    match group.delimiter() {
        Delimiter::Parenthesis => ('(', ')'),
        Delimiter::Bracket => ('[', ']'),
        Delimiter::Brace => ('{', '}'),
        Delimiter::None => unreachable!("emit makes no groups that are not seen"),
    }
}

/// What commas divide, without them.
fn items(list: TokenStream) -> Vec<Vec<TokenTree>> {
    let mut tokens = list.into_iter().peekable();
    let mut items = Vec::new();
    while let Some(first) = tokens.next() {
        let (mut item, braces) = take_head(first, &mut tokens);
        item.extend(braces.map(TokenTree::Group));
        item.extend(tokens.next_if(|next| is_punct(next, ',')));
        item.pop_if(|last| is_punct(last, ','));
        items.push(item);
    }
    items
}

/// A line up to its end or its braces. Commas between `<` and `>` do not end it.
fn take_head(first: TokenTree, tokens: &mut Peekable<IntoIter>) -> (Vec<TokenTree>, Option<Group>) {
    let mut head = Vec::new();
    let mut open = 0_usize;
    let mut next = Some(first);
    while let Some(token) = next {
        if let TokenTree::Group(braces) = &token
            && braces.delimiter() == Delimiter::Brace
            && !tokens.peek().is_some_and(|next| is_punct(next, '='))
        {
            return (head, Some(braces.clone()));
        }
        let is_arrow = head.last().is_some_and(|last| is_punct(last, '-'));
        open += usize::from(is_punct(&token, '<'));
        open = open.saturating_sub(usize::from(is_punct(&token, '>') && !is_arrow));
        let is_end = open == 0 && (is_punct(&token, ',') || is_punct(&token, ';'));
        head.push(token);
        if is_end {
            break;
        }
        next = tokens.next();
    }
    (head, None)
}

/// What is in a group. Gives the group up, so that the tokens are moved out of it.
fn content(token: TokenTree) -> TokenStream {
    match token {
        TokenTree::Group(group) => group.stream(),
        other => other.into(),
    }
}

fn is_punct(token: &TokenTree, sign: char) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == sign)
}

/// The text of a doc: as it stands if raw, else a backslash makes the next character an ordinary one.
fn unescape(literal: &Literal) -> String {
    let quoted = literal.to_string();
    if let Some(raw) = quoted.strip_prefix('r') {
        return raw.trim_matches('#').trim_matches('"').to_owned();
    }
    let mut text = String::with_capacity(quoted.len());
    let mut rest = &quoted[1..quoted.len() - 1];
    while let Some((before, after)) = rest.split_once('\\') {
        text.push_str(before);
        let mut after = after.chars();
        text.extend(after.next());
        rest = after.as_str();
    }
    text + rest
}

// Tokens on one line: where a space goes.

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
    fn print_flat(&mut self, tokens: impl IntoIterator<Item = TokenTree>) {
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
        self.space(before != After::Open || self.text.ends_with("macro_rules!"));
        let start = self.text.len();
        self.write(word);
        let is_lifetime = self.text[..start].ends_with('\'');
        if is_lifetime || is_keyword(&self.text[start..]) { After::Sign } else { After::Word }
    }

    fn print_group(&mut self, group: Group, before: After) -> After {
        let (open, close) = signs(&group);
        let is_block = open == '{';
        let is_visibility = open == '(' && self.text.ends_with("pub");
        let follows_sign = before == After::Sign && !is_visibility;
        self.space(follows_sign || (is_block && before == After::Word));
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
fn is_keyword(word: &str) -> bool {
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
