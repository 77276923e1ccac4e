//! `cargo codegen`, run here.

use std::ffi::OsString;
use std::io::Write;

use apiscribe_codegen::cli::{Terminal, run};

/// What a run of the command left behind.
pub(crate) struct Printed {
    pub(crate) code: u8,
    pub(crate) out: String,
    pub(crate) err: String,
}

/// Runs `cargo codegen ARGS`.
pub(crate) fn codegen(args: &[&str]) -> Printed {
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let code = run_with(args, &mut out, &mut err);
    let text = |bytes| String::from_utf8(bytes).expect("text");
    Printed { code, out: text(out), err: text(err) }
}

pub(crate) fn run_with(args: &[&str], out: &mut dyn Write, err: &mut dyn Write) -> u8 {
    let args = ["codegen"].iter().chain(args).map(OsString::from);
    run(args, &mut Terminal { out, err, colour: false })
}
