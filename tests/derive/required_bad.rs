//! What a struct of required fields cannot be made of, and what a caller forgets.

use apiscribe::Required;

#[derive(Required)]
struct NameMissing {
    from: String,
    remark: Option<String>,
}

#[derive(Required)]
#[required(NothingRequired)]
struct Nothing {
    remark: Option<String>,
}

#[derive(Required)]
#[required(StartsRequired, Another)]
struct Starts {
    #[required(some)]
    from: String,
    #[required(nothing)]
    to: String,
    #[required]
    remark: Option<String>,
}

#[derive(Required)]
enum Several {}

#[derive(Required)]
#[required(TransferRequired)]
struct Transfer {
    from: String,
    to: String,
    remark: Option<String>,
}

#[derive(Required)]
struct Underlined {
    remark: Option<String>,
    _remark: Option<String>,
}

fn main() {
    let _ = Transfer::new(TransferRequired { from: "a".to_owned() });
    let _ = Transfer::new("a".to_owned(), "b".to_owned());
}
