//! What `use apiscribe::*` brings in: a list that cannot grow unseen, and nothing that stands before a method of text.

use std::str::{Bytes, Chars};

use syn::{Attribute, Item, Meta, UseTree, Visibility};

use crate::support::{folder, read};

/// What nearly every program names. The derives are there with their traits, but for `WireText`, whose trait text has.
const NAMES: &[&str] = &[
    "Client",
    "Decode",
    "Encode",
    "Endpoint",
    "Error",
    "ErrorCode",
    "Events",
    "JsApi",
    "Json",
    "Money",
    "Reply",
    "Request",
    "Required",
    "Responses",
    "Secret",
    "Tokens",
    "Validate",
    "WireEnum",
    "WireText",
    "http",
];

/// For derived code only.
const HIDDEN: &[&str] = &["serde", "serde_json"];

/// Everything else, by its subject.
const MODULES: &[&str] = &[
    "blocking",
    "callback",
    "client",
    "decimals",
    "endpoint",
    "error",
    "js_api",
    "meta",
    "money",
    "rules",
    "scheme",
    "signature",
    "store_tests",
    "stores",
    "time",
    "validate",
    "wire",
];

#[test]
fn the_root_has_these_names_and_modules() {
    let (mut names, mut hidden, mut modules) = (Vec::new(), Vec::new(), Vec::new());
    for item in syn::parse_file(&read(&folder("../runtime/src/lib.rs"))).unwrap().items {
        match item {
            Item::Use(item) if is_public(&item.vis) => {
                let named = if is_hidden(&item.attrs) { &mut hidden } else { &mut names };
                leaves(&item.tree, named);
            }
            Item::Mod(item) if is_public(&item.vis) => modules.push(item.ident.to_string()),
            Item::Type(item) if is_public(&item.vis) => names.push(item.ident.to_string()),
            Item::Use(_) | Item::Mod(_) | Item::ExternCrate(_) => {}
            _ => panic!("an item is declared at the root itself: give it a module"),
        }
    }
    for (found, expected) in [(names, NAMES), (hidden, HIDDEN), (modules, MODULES)] {
        assert_eq!(sorted(found), expected);
    }
}

/// A trait of the root with a method of the same name would come first for a `String`.
#[test]
fn a_glob_import_hides_no_method_of_text() {
    use apiscribe::*;

    let text = Json::from(" 12:30 ").to_string();
    let _: Chars<'_> = text.chars();
    let _: Bytes<'_> = text.bytes();
    let (_, _, _): (usize, usize, bool) = (text.len(), text.chars().count(), text.is_empty());
    let _: Option<(&str, &str)> = text.split_once(':');
    let _: Option<usize> = text.find('3');
    let parsed: Result<i64, _> = text.trim_matches(['"', ' ']).replace(':', "").parse();
    assert_eq!(parsed, Ok(1230));
}

/// A method of a trait of the root would make the call ambiguous, if text had that trait.
#[test]
fn a_glob_import_gives_text_no_methods() {
    use apiscribe::*;

    macro_rules! own {
        ($($name:ident)*) => {
            trait Methods {
                $(fn $name(&self) -> u8 {
                    1
                })*
            }
            impl Methods for String {}
            let text = Json::from("text").to_string();
            assert!([$(text.$name()),*].iter().all(|own| *own == 1));
        };
    }
    own! {
        bytes chars utf16 items each keys check_nested number is_present is_visible equals text undocumented
        check validate validate_with value code row amount
    }
}

fn is_public(visibility: &Visibility) -> bool {
    matches!(visibility, Visibility::Public(_))
}

fn is_hidden(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|attribute| match &attribute.meta {
        Meta::List(list) => list.path.is_ident("doc") && list.tokens.to_string() == "hidden",
        _ => false,
    })
}

/// The names that a `use` brings in. Of a glob nobody could say which.
fn leaves(tree: &UseTree, names: &mut Vec<String>) {
    match tree {
        UseTree::Path(path) => leaves(&path.tree, names),
        UseTree::Group(group) => group.items.iter().for_each(|item| leaves(item, names)),
        UseTree::Name(name) => names.push(name.ident.to_string()),
        UseTree::Rename(rename) => names.push(rename.rename.to_string()),
        UseTree::Glob(_) => panic!("a glob at the root"),
    }
}

fn sorted(mut names: Vec<String>) -> Vec<String> {
    names.sort();
    names.dedup();
    names
}
