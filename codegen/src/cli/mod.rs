//! `cargo codegen`: arguments in; text, files and an exit code out.

mod args;
mod check;
mod generate;
mod spec_dir;

use std::ffi::OsString;
use std::io::{self, ErrorKind, Write};

use clap::Parser;

use self::args::{Args, Command};
use crate::failure::Failure;

/// Where the command prints.
pub struct Terminal<'a> {
    /// Results.
    pub out: &'a mut dyn Write,
    /// Complaints.
    pub err: &'a mut dyn Write,
    /// Whether complaints are coloured.
    pub colour: bool,
}

/// Runs the command and gives its exit code: 0 if all is well, 1 if the spec has faults or files are out of date, 2 if
/// the arguments are wrong or the disk failed.
pub fn run(args: impl IntoIterator<Item = OsString>, terminal: &mut Terminal<'_>) -> u8 {
    let result = match Args::try_parse_from(args) {
        Ok(args) => dispatch(args.command, terminal),
        Err(error) => print_usage(&error, terminal),
    };
    result.or_else(|stop| explain(stop, terminal)).unwrap_or(FAILED)
}

const DONE: u8 = 0;
const FINDINGS: u8 = 1;
const FAILED: u8 = 2;

/// Why a command ended early.
enum Stop {
    Failure(Failure),
    Print(io::Error),
}

impl From<Failure> for Stop {
    fn from(failure: Failure) -> Stop {
        Stop::Failure(failure)
    }
}

impl From<io::Error> for Stop {
    fn from(error: io::Error) -> Stop {
        Stop::Print(error)
    }
}

fn dispatch(command: Command, terminal: &mut Terminal<'_>) -> Result<u8, Stop> {
    match command {
        Command::Check { spec, format } => check::check(spec, format, terminal),
        Command::Generate { spec, out, serde, check: true } => {
            generate::compare(spec, &out, serde, terminal)
        }
        Command::Generate { spec, out, serde, check: false } => {
            generate::generate(spec, &out, serde, terminal)
        }
        Command::Ir { spec } => {
            let client = crate::ir(&spec_dir::read(spec)?).map_err(Failure::Spec)?;
            print_json(&client, terminal)
        }
        Command::Table { spec } => {
            let client = crate::ir(&spec_dir::read(spec)?).map_err(Failure::Spec)?;
            write!(terminal.out, "{}", crate::table(&client))?;
            Ok(DONE)
        }
        Command::Schema => print_json(&crate::schema(), terminal),
    }
}

fn print_json(value: &impl serde::Serialize, terminal: &mut Terminal<'_>) -> Result<u8, Stop> {
    let text = serde_json::to_string_pretty(value).map_err(io::Error::from)?;
    writeln!(terminal.out, "{text}")?;
    Ok(DONE)
}

fn print_usage(error: &clap::Error, terminal: &mut Terminal<'_>) -> Result<u8, Stop> {
    let text = error.render();
    let to = if error.use_stderr() { &mut terminal.err } else { &mut terminal.out };
    match terminal.colour {
        true => write!(to, "{}", text.ansi())?,
        false => write!(to, "{text}")?,
    }
    Ok(if error.use_stderr() { FAILED } else { DONE })
}

fn explain(stop: Stop, terminal: &mut Terminal<'_>) -> io::Result<u8> {
    match stop {
        Stop::Failure(Failure::Spec(diagnostics)) => {
            write!(terminal.err, "{}", diagnostics.render(terminal.colour))?;
            Ok(FINDINGS)
        }
        Stop::Failure(failure) => {
            writeln!(terminal.err, "error: {failure}")?;
            Ok(FAILED)
        }
        // Whoever reads has seen enough, as `head` does.
        Stop::Print(error) if error.kind() == ErrorKind::BrokenPipe => Ok(DONE),
        Stop::Print(error) => {
            writeln!(terminal.err, "error: cannot print: {error}")?;
            Ok(FAILED)
        }
    }
}
