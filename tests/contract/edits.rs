//! Edits of `spec.yaml`, and what each does to the callers of `callers.rs`.

/// What a page, or whoever transcribes it, changes.
pub(crate) struct Edit {
    pub(crate) name: &'static str,
    pub(crate) changes: &'static [Change],
    pub(crate) outcome: Outcome,
}

/// Of the spec's text; what it begins with is in the spec once.
pub(crate) enum Change {
    /// The second text takes the place of the first.
    Replace(&'static str, &'static str),
    /// The text becomes lines of its own, indented as the line that it is put in front of.
    Before(&'static str, &'static str),
    /// The line is gone.
    Remove(&'static str),
}

/// What becomes of callers that are not changed.
pub(crate) enum Outcome {
    /// They compile and see the same.
    Same,
    /// They compile and see the same, but for this, which is what the edit is about.
    Differs(&'static [&'static str]),
    /// They do not compile, and the compiler's message has this in it.
    Breaks(&'static str),
}

use Change::{Before, Remove, Replace};
use Outcome::{Breaks, Differs, Same};

impl Edit {
    /// The spec after the edit.
    pub(crate) fn apply(&self, spec: &str) -> String {
        self.changes.iter().fold(spec.to_owned(), |spec, change| change.apply(&spec, self.name))
    }

    /// The name as that of a module.
    pub(crate) fn module(&self) -> String {
        self.name.to_lowercase().replace(' ', "_").replace(',', "")
    }
}

impl Change {
    fn apply(&self, spec: &str, edit: &str) -> String {
        let (Replace(at, _) | Before(at, _) | Remove(at)) = self;
        assert_eq!(spec.matches(at).count(), 1, "{edit}: how often is in the spec: {at}");
        let change_line = |line: &str| match self {
            Before(at, lines) if line.contains(at) => {
                let indent = &line[..line.len() - line.trim_start().len()];
                let lines = lines.lines().map(|line| format!("{indent}{line}\n"));
                lines.collect::<String>() + line
            }
            Remove(at) if line.contains(at) => String::new(),
            _ => line.to_owned(),
        };
        match self {
            Replace(from, to) => spec.replace(from, to),
            _ => spec.split_inclusive('\n').map(change_line).collect(),
        }
    }
}

const fn edit(name: &'static str, changes: &'static [Change], outcome: Outcome) -> Edit {
    Edit { name, changes, outcome }
}

// Lines that several edits are about.
const KIND: &str = "- { name: kind, type: Kind, required: true }";
const NOTE: &str = "{ name: note, type: string,";
const COUNT: &str = "{ name: count, type: int }";
const PAID_AT: &str = "{ name: paid_at, type: unix_s }";
const OPEN: &str = "- { value: OPEN }";
const BUSY: &str = "- { code: 9, name: Busy,";
const TITLE: &str = "{ name: title, type: string }";

const LATE: &str = "- { code: 11, name: Late, http: 200, message: late, meaning: Late., advice: Stop., retry: never }";
const KNOWN_77: &str = "- { code: 77, name: Late, http: 200, message: late, meaning: Late., advice: Stop., retry: never }";
const GONE: &str = "- { code: 7, name: OrderGone, http: 404, message: gone, meaning: It was deleted., advice: Stop., retry: never }";
const GIFT: &str = r#"gift:
  title: Gift
  event: gift
  envelope: trade
  source: page
  content: { type: object, fields: [{ name: from, type: string }] }
  acknowledgement: "{}""#;
const CLOSE: &str = "close:
  title: Close
  method: POST
  host: open
  path: /close
  envelope: plain
  source: page
  request: { fields: [{ name: order_no, type: OrderNo }] }";

pub(crate) const EDITS: &[Edit] = &[
    // A page gains something.
    edit("Optional request field added", &[Before(NOTE, "- { name: memo, type: string }")], Same),
    edit(
        "Required request field added",
        &[Before(NOTE, "- { name: region, type: string, required: true }")],
        Breaks("missing field `region`"),
    ),
    edit("Response field added", &[Before(PAID_AT, "- { name: fee, type: cents }")], Same),
    edit("Enum value added", &[Before(OPEN, "- { value: FAILED }")], Same),
    edit(
        "Enum value documented that was met before",
        &[Before(OPEN, "- { value: CLOSED }")],
        Differs(&["undocumented status by `Unknown`"]),
    ),
    edit("Error code added", &[Before(BUSY, LATE)], Same),
    edit(
        "Error code documented that was met before",
        &[Before(BUSY, KNOWN_77)],
        Differs(&["undocumented error: whether to send again"]),
    ),
    edit("Event kind added", &[Before("paid:\n", GIFT)], Same),
    edit("Endpoint added", &[Before("orders:\n", CLOSE)], Same),
    edit(
        "Paging added",
        &[Before(
            "path: /refunds",
            "paging: { items: refunds, offset: { in: offset }, total: total }",
        )],
        Same,
    ),
    edit(
        "Option of a JS API added",
        &[Replace(TITLE, "{ name: title, type: string }, { name: colour, type: string }")],
        Same,
    ),
    edit("Default added", &[Replace(COUNT, "{ name: count, type: int, default: 1 }")], Same),
    edit(
        "Group rule added",
        &[Replace(
            "      fields:\n        - { name: order_no, type: OrderNo",
            "      groups: [{ at_least_one_of: [note, buyer] }]\n      fields:\n        - { name: order_no, type: OrderNo",
        )],
        Differs(&["violations of the smallest request"]),
    ),
    edit(
        "Pattern added",
        &[Replace(NOTE, "{ name: note, type: string, pattern: \"[a-z ]+\",")],
        Same,
    ),
    edit("Scope added", &[Before("path: /pay", "scope: trade.pay")], Differs(&["scope"])),
    // A page changes something.
    edit(
        "Required request fields in another order",
        &[Remove(KIND), Before("- { name: order_no, type: OrderNo, required: true }", KIND)],
        Differs(&["request", "smallest request"]),
    ),
    edit(
        "Limit raised",
        &[Replace("type: string, chars: { max: 8 } }", "type: string, chars: { max: 16 } }")],
        Differs(&["violations"]),
    ),
    edit(
        "Limit lowered",
        &[Replace("type: string, chars: { max: 8 } }", "type: string, chars: { max: 7 } }")],
        Differs(&["violations"]),
    ),
    edit("Description reworded", &[Replace("It is paid.", "The money is there.")], Same),
    edit(
        "Text of an error reworded",
        &[Replace("It is busy., advice: Wait.", "No time., advice: Stop.")],
        Same,
    ),
    edit(
        "Retry class of an error changed",
        &[Replace("advice: Wait., retry: same", "advice: Wait., retry: never")],
        Differs(&["retryable error: whether to send again"]),
    ),
    edit(
        "Error split in two by status",
        &[Before("- { code: 8,", GONE)],
        Differs(&[
            "error under another status",
            "error under another status: whether to send again",
        ]),
    ),
    edit(
        "Host changed",
        &[Replace("https://api.example.com", "https://pay.example.com")],
        Differs(&["host"]),
    ),
    edit(
        "Field deprecated",
        &[Replace(NOTE, "{ name: note, type: string, deprecated: { why: Nobody reads it. },")],
        Same,
    ),
    edit(
        "Value deprecated",
        &[Replace(OPEN, "- { value: OPEN, deprecated: { instead: DONE } }")],
        Same,
    ),
    edit("Endpoint deprecated", &[Before("path: /pay", "deprecated: { why: It closes. }")], Same),
    edit(
        "Optional request field becomes required",
        &[Replace(NOTE, "{ name: note, type: string, required: true,")],
        Breaks("missing field `note`"),
    ),
    edit(
        "Required request field becomes optional",
        &[Replace("type: cents, required: true, range", "type: cents, range")],
        Breaks("no field named `total`"),
    ),
    edit(
        "Optional request field may be null",
        &[Replace(COUNT, "{ name: count, type: int, nullable: true }")],
        Breaks("request.count = "),
    ),
    edit(
        "Response field becomes essential",
        &[Replace(PAID_AT, "{ name: paid_at, type: unix_s, required: true, essential: true }")],
        Breaks("reply.paid_at"),
    ),
    edit(
        "Type of a field changed",
        &[Replace(COUNT, "{ name: count, type: string }")],
        Breaks("request.count = "),
    ),
    edit(
        "Unit of money changed",
        &[Replace("{ name: total, type: cents", "{ name: total, type: points")],
        Breaks("total: Cents("),
    ),
    edit(
        "Option of a JS API becomes required",
        &[Replace(TITLE, "{ name: title, type: string, required: true }")],
        Breaks("missing field `title`"),
    ),
    // A page loses something.
    edit("Request field removed", &[Remove(COUNT)], Breaks("no field `count`")),
    edit("Response field removed", &[Remove(PAID_AT)], Breaks("no field `paid_at`")),
    edit("Enum value removed", &[Remove(OPEN)], Breaks("`Open`")),
    edit("Error code removed", &[Remove(BUSY)], Breaks("`Busy`")),
    // Whoever transcribes it calls something otherwise.
    edit(
        "Field that is set by its method renamed",
        &[Replace(NOTE, "{ name: note, rust: remark, formerly: note, type: string,")],
        Same,
    ),
    edit(
        "Field that is assigned to renamed",
        &[Replace(COUNT, "{ name: count, rust: times, formerly: count, type: int }")],
        Breaks("`count`"),
    ),
    edit(
        "Field renamed without formerly",
        &[Replace(NOTE, "{ name: note, rust: remark, type: string,")],
        Breaks("`with_note`"),
    ),
    edit(
        "Object renamed",
        &[
            Replace("  Buyer: {", "  Customer: { formerly: Buyer,"),
            Replace("type: Buyer", "type: Customer"),
        ],
        Same,
    ),
    edit(
        "Named string renamed",
        &[
            Replace("  OrderNo: {", "  OrderNumber: { formerly: OrderNo,"),
            Replace("{ name: order_no, type: OrderNo,", "{ name: order_no, type: OrderNumber,"),
            Replace("{ name: orderNo, type: OrderNo,", "{ name: orderNo, type: OrderNumber,"),
        ],
        Same,
    ),
    edit(
        "Enum renamed",
        &[Replace("  Kind: {", "  Means: { formerly: Kind,"), Replace("type: Kind", "type: Means")],
        Same,
    ),
    edit(
        "Value renamed",
        &[Replace("{ value: DONE,", "{ value: DONE, name: Paid, formerly: Done,")],
        Same,
    ),
    edit(
        "Error renamed",
        &[Replace("name: NoSuchOrder,", "name: UnknownOrder, formerly: NoSuchOrder,")],
        Same,
    ),
    edit(
        "Error renamed that is matched by reference",
        &[Replace("name: Busy,", "name: Overloaded, formerly: Busy,")],
        Breaks("PayError::Busy =>"),
    ),
    edit(
        "Table of errors renamed",
        &[
            Replace("errors:\n  pay:\n", "errors:\n  payment:\n    formerly: pay\n"),
            Replace("{ table: pay }", "{ table: payment }"),
        ],
        Same,
    ),
    edit(
        "Endpoint renamed",
        &[Replace("endpoints:\n  pay:\n", "endpoints:\n  create_payment:\n    formerly: pay\n")],
        Differs(&["endpoint's name"]),
    ),
    edit("Domain renamed", &[Replace("domain: shop\n", "domain: store\nformerly: shop\n")], Same),
];
