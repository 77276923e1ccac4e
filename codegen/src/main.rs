//! `cargo codegen`.

use std::env;
use std::io::{self, IsTerminal};
use std::process::ExitCode;

use apiscribe_codegen::cli::{Terminal, run};

fn main() -> ExitCode {
    let (mut out, mut err) = (io::stdout().lock(), io::stderr().lock());
    let colour = err.is_terminal() && env::var_os("NO_COLOR").is_none();
    let mut terminal = Terminal { out: &mut out, err: &mut err, colour };
    ExitCode::from(run(env::args_os(), &mut terminal))
}
