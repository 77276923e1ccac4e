//! What a command costs.

use std::env;
use std::process::{Command, ExitCode};
use std::time::Duration;

use nix::sys::resource::{UsageWho, getrusage};
use nix::sys::time::TimeValLike;

/// What a process has cost, its children included.
pub(crate) struct Usage {
    /// Time on the CPU outside the kernel.
    pub(crate) user: Duration,
    /// Bytes of memory at the most, of the one process that held the most.
    pub(crate) peak: u64,
}

const MEASURE: &str = "--measure";

/// What the command costs that this process was asked to run by [`measure`], as its exit code; `None` if it was not.
pub(crate) fn serve() -> Option<ExitCode> {
    let mut arguments = env::args_os().skip(1);
    if arguments.next()? != MEASURE {
        return None;
    }
    let status = Command::new(arguments.next()?).args(arguments).status().expect("a command");
    let usage = getrusage(UsageWho::RUSAGE_CHILDREN).expect("usage of the command");
    println!("\n{} {}", usage.user_time().num_microseconds(), usage.max_rss());
    Some(if status.success() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Runs a command in a process of its own, because the peak is that of all children a process has had.
pub(crate) fn measure(command: &Command) -> Usage {
    let mut outer = Command::new(env::current_exe().expect("the path of this benchmark"));
    outer.arg(MEASURE).arg(command.get_program()).args(command.get_args());
    outer.envs(command.get_envs().filter_map(|(key, value)| Some((key, value?))));
    if let Some(folder) = command.get_current_dir() {
        outer.current_dir(folder);
    }
    let output = outer.output().expect("this benchmark runs");
    let text = String::from_utf8_lossy(&output.stdout);
    assert!(
        output.status.success(),
        "{command:?}\n{text}{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let figures = text.lines().last().and_then(|line| line.split_once(' ')).expect("two figures");
    let (user, peak) = (figures.0.parse().expect("µs"), figures.1.parse::<u64>().expect("KiB"));
    Usage { user: Duration::from_micros(user), peak: peak * 1024 }
}
