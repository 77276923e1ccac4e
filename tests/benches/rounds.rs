//! What one round of a case costs under valgrind: a benchmark runs itself twice, the second time with twice the rounds,
//! so that the difference is exact and free of what starting costs.

use std::env;
use std::process::Command;

/// Runs a case for so many rounds, where this process was started to, or else compares all cases.
pub(crate) fn run_or_compare(run: impl FnOnce(&str, usize), compare: impl FnOnce()) {
    let arguments: Vec<String> = env::args().collect();
    match &arguments[1..] {
        [case, rounds] => run(case, rounds.parse().expect("a number of rounds")),
        _ => compare(),
    }
}

/// Instructions of one round of the case.
pub(crate) fn instructions(case: &str, rounds: u32) -> f64 {
    let options = ["--tool=callgrind", "--callgrind-out-file=/dev/null"];
    per_round(case, rounds, &options, "Collected : ")
}

/// Allocations of one round of the case.
#[allow(dead_code, reason = "not every benchmark counts them")]
pub(crate) fn allocations(case: &str, rounds: u32) -> f64 {
    per_round(case, rounds, &["--tool=memcheck"], "total heap usage: ")
}

/// The number behind `label`, for one round.
fn per_round(case: &str, rounds: u32, options: &[&str], label: &str) -> f64 {
    let once = valgrind(options, case, rounds, label);
    let twice = valgrind(options, case, 2 * rounds, label);
    (twice - once) / f64::from(rounds)
}

fn valgrind(options: &[&str], case: &str, rounds: u32, label: &str) -> f64 {
    let this = env::current_exe().expect("the path of this benchmark");
    let mut command = Command::new("valgrind");
    command.args(options).arg(this).args([case, &rounds.to_string()]);
    let output = command.output().expect("valgrind is installed");
    let text = String::from_utf8_lossy(&output.stderr);
    let (_, rest) = text.split_once(label).unwrap_or_else(|| panic!("no `{label}` in:\n{text}"));
    let digits: String =
        rest.chars().take_while(|char| char.is_ascii_digit() || *char == ',').collect();
    digits.replace(',', "").parse().expect("a number")
}
