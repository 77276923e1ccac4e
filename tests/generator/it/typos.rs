//! One slip of the keyboard is one diagnostic, not a list of what follows from it.

use apiscribe_codegen::source::Sources;

/// A spec without faults that uses most of what is named twice: types, fields, tables of errors, conditions, rules.
const GOOD: &str = include_str!("typos.yaml");

fn diagnostics(text: &str) -> Vec<String> {
    let Err(found) = apiscribe_codegen::ir(&Sources::new([("spec.yaml", text)])) else {
        return Vec::new();
    };
    let rows = found.rows().into_iter();
    rows.map(|row| format!("{}:{} {}: {}", row.line, row.column, row.code, row.message)).collect()
}

/// What is written, and the slip, which is made once.
const TYPOS: &[(&str, &str)] = &[
    // A name that is used, where it is defined.
    ("  OrderId:\n", "  OrderID:\n"),
    ("  Item:\n", "  Itm:\n"),
    ("  Currency:\n", "  Curency:\n"),
    ("  gateway:\n", "  gatway:\n"),
    ("  open:\n", "  opne:\n"),
    ("  plain:\n", "  plane:\n"),
    ("  trade:\n", "  trad:\n"),
    ("  page: {", "  pge: {"),
    (
        "      - { name: currency, type: Currency, required: true }",
        "      - { name: curency, type: Currency, required: true }",
    ),
    ("      - { value: CNY }", "      - { value: CNX }"),
    ("      - { code: 2, name: Busy", "      - { code: 3, name: Busy"),
    // The same where it is used.
    ("type: OrderId, required: true }", "type: OrdrId, required: true }"),
    ("of: Item,", "of: Itme,"),
    ("table: gateway", "table: gatway"),
    ("only: [1, 2]", "only: [1, 22]"),
    ("host: open", "host: opn"),
    ("envelope: plain", "envelope: plian"),
    ("source: page\n    errors:", "source: pge\n    errors:"),
    ("{ field: currency, is: CNY }", "{ field: curency, is: CNY }"),
    ("{ field: currency, is: CNY }", "{ field: currency, is: CYN }"),
    ("exactly_one_of: [note, remark]", "exactly_one_of: [note, remrak]"),
    ("idempotency: { key: order_id }", "idempotency: { key: order_di }"),
    // A key, or its value.
    ("    method: POST", "    metod: POST"),
    ("    method: POST", "    method: PSOT"),
    ("type: string, bytes: { max: 64 }", "type: string, byts: { max: 64 }"),
    ("type: string, bytes: { max: 64 }", "type: sting, bytes: { max: 64 }"),
    ("bytes: { max: 64 }", "bytes: { mx: 64 }"),
    ("bytes: { max: 64 }", "bytes: { max: 6r }"),
    ("required: true }", "required: ture }"),
    ("required: true }", "requierd: true }"),
    ("  Item:\n    type: object", "  Item:\n    type: objekt"),
    ("    request:\n", "    requst:\n"),
    ("    response:\n", "    reponse:\n"),
    ("fields:\n", "feilds:\n"),
    // YAML's own signs.
    ("    method: POST", "    method POST"),
    ("    method: POST", "    method:POST"),
    ("    title: Make an order", "   title: Make an order"),
    ("    title: Make an order", "     title: Make an order"),
    ("    title: Make an order", "\ttitle: Make an order"),
    ("type: string, bytes: { max: 64 }", "type: string bytes: { max: 64 }"),
    ("{ max: 64 }, source: page }", "{ max: 64, source: page }"),
    ("bytes: { max: 64 }", "bytes: max: 64 }"),
    ("only: [1, 2]", "only: [1, 2"),
    ("path: /orders", "path: \"/orders"),
    ("      - { value: CNY }", "        { value: CNY }"),
    ("      - { value: CNY }", "      -{ value: CNY }"),
    ("types:\n", "types\n"),
    ("types:\n", "type:\n"),
    ("domain: demo", "doman: demo"),
];

#[test]
fn the_spec_without_a_typo_is_accepted() {
    assert_eq!(diagnostics(GOOD), [""; 0]);
}

#[test]
fn one_typo_is_one_diagnostic() {
    let mut followed = Vec::new();
    for (good, typo) in TYPOS {
        let at = GOOD.find(good).unwrap_or_else(|| panic!("no `{good}` to mistype"));
        let text = format!("{}{typo}{}", &GOOD[..at], &GOOD[at + good.len()..]);
        let found = diagnostics(&text);
        if found.len() != 1 {
            followed.push(format!("`{}`: {found:#?}", typo.trim()));
        }
    }
    assert!(followed.is_empty(), "not one diagnostic:\n{}", followed.join("\n"));
}
