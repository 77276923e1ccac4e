//! What generating a client costs an operation: CPU, memory, instructions and the stages that take them.
//!
//! Runs itself in processes of their own: three times for the CPU, of which the least counts, once under valgrind.

mod figure;
mod measure;
mod synthetic;

use std::env;
use std::fs;
use std::process::{Command, ExitCode};

use apiscribe_codegen::ir::Client;
use apiscribe_codegen::output::Files;
use apiscribe_codegen::source::Sources;
use nix::sys::resource::{UsageWho, getrusage};
use nix::sys::time::TimeValLike;

use crate::figure::print;
use crate::measure::{Usage, measure};
use crate::synthetic::Shape;

const BUDGET_MS: f64 = 0.5;
const GENERATE: &str = "--generate";

fn main() -> ExitCode {
    if let Some(code) = measure::serve() {
        return code;
    }
    let arguments: Vec<String> = env::args().collect();
    match &arguments[1..] {
        [generate, operations, out] if generate == GENERATE => {
            let micros = generate_once(operations.parse().expect("a number of operations"));
            fs::write(out, micros.to_string()).expect("a file for the figure");
        }
        _ => [200, 2_000].into_iter().for_each(report),
    }
    ExitCode::SUCCESS
}

/// Microseconds of user CPU, without making the spec.
fn generate_once(operations: usize) -> i64 {
    let sources = Sources::new(synthetic::synthetic(operations, Shape::Rich));
    let user = || getrusage(UsageWho::RUSAGE_SELF).expect("usage of this process").user_time();
    let before = user();
    let client = read(&sources);
    let files = write(&client);
    let after = user();
    drop(files);
    (after - before).num_microseconds()
}

// `apiscribe_codegen::generate` in two halves, which valgrind can tell apart because they are not inlined.

#[inline(never)]
fn read(sources: &Sources) -> Client {
    apiscribe_codegen::ir(sources).expect("the synthetic spec has no faults")
}

#[inline(never)]
fn write(client: &Client) -> Files {
    apiscribe_codegen::render(client)
}

fn report(operations: usize) {
    let out = format!("{}/generate", env!("CARGO_TARGET_TMPDIR"));
    let mut command = Command::new(env::current_exe().expect("the path of this benchmark"));
    command.args([GENERATE, &operations.to_string(), &out]);

    let mut least = f64::MAX;
    let mut whole = None;
    for _ in 0..3 {
        whole = Some(measure(&command));
        let micros = fs::read_to_string(&out).expect("the figure").parse::<f64>().expect("µs");
        least = least.min(micros / 1e3 / operations as f64);
    }
    let name = format!("generate {operations} operations");
    print(&format!("{name}: CPU, ms an operation"), least, Some(BUDGET_MS));
    if let Some(Usage { user, peak }) = whole {
        print(&format!("{name}: CPU with making the spec, s"), user.as_secs_f64(), None);
        print(&format!("{name}: peak memory, MB"), peak as f64 / 1e6, None);
    }
    report_instructions(&name, operations, &command);
}

/// What is told apart within the halves: a name and the function, unless the compiler merges it into its caller.
const STAGES: [(&str, &str); 7] = [
    ("read the spec", "generate::read"),
    ("  parse YAML", "apiscribe_codegen::yaml::read"),
    ("  check", "apiscribe_codegen::check::check"),
    ("  lower", "apiscribe_codegen::lower::lower"),
    ("write the client", "generate::write"),
    ("  emit", "apiscribe_codegen::emit::emit_module"),
    ("  format", "apiscribe_codegen::format::format_file"),
];

fn report_instructions(name: &str, operations: usize, command: &Command) {
    let profile = format!("{}/generate.callgrind", env!("CARGO_TARGET_TMPDIR"));
    let mut valgrind = Command::new("valgrind");
    valgrind.args([
        "--tool=callgrind",
        "--toggle-collect=generate::read",
        "--toggle-collect=generate::write",
    ]);
    valgrind.arg(format!("--callgrind-out-file={profile}"));
    valgrind.arg(command.get_program()).args(command.get_args());
    valgrind.output().expect("valgrind is installed");

    let mut annotate = Command::new("callgrind_annotate");
    let output = annotate.args(["--inclusive=yes", "--threshold=100", &profile]).output();
    let text = output.expect("callgrind_annotate is installed").stdout;
    let text = String::from_utf8_lossy(&text);
    for (stage, function) in STAGES {
        if let Some(instructions) = instructions(&text, function) {
            let figure = instructions / 1e3 / operations as f64;
            print(
                &format!("{name}: {stage}, thousands of instructions an operation"),
                figure,
                None,
            );
        }
    }
}

/// Instructions of a function and all it calls.
fn instructions(annotated: &str, function: &str) -> Option<f64> {
    let function = format!(":{function}");
    let is_of = |line: &&str| line.split(' ').any(|word| word.ends_with(&function));
    let line = annotated.lines().find(is_of)?;
    line.split_whitespace().next()?.replace(',', "").parse().ok()
}
