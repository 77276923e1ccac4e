//! `douyin-emulator`.

use std::env;
use std::io;
use std::process::ExitCode;

use douyin_emulator::cli::run;

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    // Without signals there is no way to end it but to kill it.
    let stop = async { drop(tokio::signal::ctrl_c().await) };
    ExitCode::from(run(env::args_os(), &mut io::stdout(), &mut io::stderr(), stop).await)
}
