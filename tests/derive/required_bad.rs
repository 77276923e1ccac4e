//! What a struct of required fields cannot be made of, and what a caller forgets.

use apiscribe::Encode;

#[derive(Encode)]
#[required]
struct NameMissing {
    from: String,
    remark: Option<String>,
}

#[derive(Encode)]
#[required(NothingRequired)]
struct Nothing {
    remark: Option<String>,
}

#[derive(Encode)]
#[required(StartsRequired, Another)]
struct Starts {
    #[required(some)]
    from: String,
    #[required(nothing)]
    to: String,
    #[required]
    remark: Option<String>,
}

#[derive(Encode)]
#[required]
#[wire(tag = "type")]
enum Several {
    #[wire(unknown)]
    Unknown(apiscribe::wire::UnknownVariant),
}

#[derive(Encode)]
#[required(TransferRequired)]
struct Transfer {
    from: String,
    to: String,
    remark: Option<String>,
}

#[derive(Encode)]
#[required]
struct Underlined {
    remark: Option<String>,
    _remark: Option<String>,
}

fn main() {
    let _ = Transfer::new(TransferRequired { from: "a".to_owned() });
    let _ = Transfer::new("a".to_owned(), "b".to_owned());
}
