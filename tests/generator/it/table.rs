//! The table of everything that can be called.

use crate::specs::sources;
use crate::support::folder;

/// Two domains: a GET, a callback, JS APIs, errors of another domain, text that is a sign of Markdown.
const SPEC: &str = r#"
domain: demo
sources: { page: { title: Page, trust: official }, copy: { title: Copy, trust: copy } }
hosts: { open: { production: "https://api.example.com", source: page } }
envelopes: { plain: { code: code, success: 0, message: message, data: data, source: page } }
callback_envelopes: { trade: { event: type, content: msg, source: page } }
types:
  OrderId: { type: string, bytes: { max: 64 }, source: page }
  Item:
    type: object
    source: page
    fields: [{ name: id, type: OrderId, required: true }, { name: of, type: list, of: Item, items: { max: 2 } }]
errors:
  orders: { key: code, rows: [{ code: 1, name: A, message: a, meaning: A. }, { code: 2, name: B, message: b, meaning: B. }], source: page }
endpoints:
  get_order:
    title: Order | one_or_more
    method: GET
    host: open
    path: /orders/{id}
    envelope: plain
    source: ["page, request", "page, response", copy]
    errors: [{ table: orders }]
    request: { fields: [{ name: id, type: OrderId, required: true, in: path }] }
    response: { type: list, of: Item }
  change_items:
    title: Change
    method: POST
    host: open
    path: /items
    envelope: plain
    source: page
    errors: [{ table: orders, only: [2] }]
    request:
      fields: [{ name: items, type: list, of: Item, items: { min: 1 } }, { name: a, type: int }, { name: b, type: int }]
      groups: [{ exactly_one_of: [a, b] }]
callbacks:
  paid:
    title: Paid
    event: pay
    envelope: trade
    source: page
    content: { type: object, fields: [{ name: id, type: OrderId }] }
    acknowledgement: "{}"
js_apis:
  tt.pay: { title: Pay, options: { fields: [{ name: id, type: OrderId, required: true }] }, source: page }
  tt.ask: { source: copy }
"#;

#[test]
fn everything_that_can_be_called_has_a_row() {
    let sources = apiscribe_codegen::source::Sources::new([("demo.yaml", SPEC)]);
    let client = apiscribe_codegen::ir(&sources).unwrap_or_else(|faults| panic!("{faults}"));
    insta::assert_snapshot!(apiscribe_codegen::table(&client), @r"
    | domain | name | what | call | request | answer | rules | errors | sources |
    |---|---|---|---|---|---|---|---|---|
    | `demo` | `Ask` | – | `tt.ask` | – | – | – | – | copy |
    | `demo` | `Pay` | Pay | `tt.pay` | `PayOptions` | – | 2 | – | page |
    | `demo` | `change_items` | Change | `POST /items` | `ChangeItemsRequest` | – | 5 | `ChangeItemsError` (1) | page |
    | `demo` | `get_order` | Order \| one\_or\_more | `GET /orders/{id}` | `GetOrderRequest` | `Vec<Item>` | 2 | `OrdersError` (2) | page, copy |
    | `demo` | `paid` | Paid | event `pay` | – | `PaidContent` | – | – | page |
    ");
}

#[test]
fn the_command_prints_it() {
    let spec = folder("accept/other_domain");
    let printed = crate::command::codegen(&["table", "--spec", spec.to_str().unwrap()]);
    let client = apiscribe_codegen::ir(&sources(&spec)).unwrap();
    assert_eq!(
        (printed.code, printed.out, printed.err),
        (0, apiscribe_codegen::table(&client), String::new())
    );
}
