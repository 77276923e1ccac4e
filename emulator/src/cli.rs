//! The command `douyin-emulator`: arguments in; a running emulator, and what it is used with, out.

use std::ffi::OsString;
use std::io::{self, Write};
use std::path::PathBuf;

use clap::Parser;

use crate::control::ACTIONS;
use crate::emulator::Emulator;
use crate::route::paths;
use crate::settings::Settings;

/// Emulates the Douyin open platform on 127.0.0.1, until Ctrl-C.
#[derive(Parser)]
#[command(name = "douyin-emulator", version)]
struct Arguments {
    /// The port to listen at; 0 for any that is free.
    #[arg(long, default_value_t = 8080)]
    port: u16,
    /// Where callbacks go, as http://127.0.0.1:3000/callbacks.
    #[arg(long)]
    notify_url: Option<String>,
    /// A file with the app's public key, as PEM or DER. Without it a pair is made, and its private half printed.
    #[arg(long)]
    app_key: Option<PathBuf>,
}

/// Runs the command until `stop` is ready. Gives its exit code: 0, 1 if the emulator could not start, 2 if the arguments are wrong.
pub async fn run(
    arguments: impl IntoIterator<Item = OsString>,
    out: &mut (impl Write + ?Sized),
    err: &mut (impl Write + ?Sized),
    stop: impl Future<Output = ()>,
) -> u8 {
    let result = match Arguments::try_parse_from(arguments) {
        Ok(arguments) => serve(arguments, out, stop).await,
        Err(error) if error.use_stderr() => return tell(err, &error.to_string(), 2),
        Err(help) => return tell(out, &help.to_string(), 0),
    };
    match result {
        Ok(()) => 0,
        Err(error) => tell(err, &format!("error: {error}\n"), 1),
    }
}

/// Nothing is left to do where nobody reads.
fn tell(to: &mut (impl Write + ?Sized), text: &str, code: u8) -> u8 {
    drop(to.write_all(text.as_bytes()));
    code
}

async fn serve(
    arguments: Arguments,
    out: &mut (impl Write + ?Sized),
    stop: impl Future<Output = ()>,
) -> io::Result<()> {
    let app_key = arguments.app_key.map(|path| {
        std::fs::read(&path)
            .map_err(|error| io::Error::other(format!("{}: {error}", path.display())))
    });
    let settings = Settings {
        port: arguments.port,
        notify_url: arguments.notify_url,
        app_key: app_key.transpose()?,
        ..Settings::default()
    };
    let emulator = Emulator::start_with(settings.clone())
        .map_err(|error| io::Error::other(format!("port {}: {error}", arguments.port)))?;
    describe(&emulator, &settings, out)?;
    stop.await;
    writeln!(out, "\nEnded after {} requests.", emulator.request_count())
}

fn describe(
    emulator: &Emulator,
    settings: &Settings,
    out: &mut (impl Write + ?Sized),
) -> io::Result<()> {
    writeln!(out, "The Douyin open platform, emulated at {}; Ctrl-C ends it.\n", emulator.url())?;
    writeln!(out, "app_id, client_key     {}", settings.app_id)?;
    writeln!(out, "client_secret          {}", settings.client_secret)?;
    writeln!(out, "version of app's key   {}", settings.key_version)?;
    writeln!(
        out,
        "callbacks go to        {}",
        settings.notify_url.as_deref().unwrap_or("nowhere yet")
    )?;
    if settings.app_key.is_none() {
        writeln!(out, "\nThe app's private key, which orders are signed with:")?;
        write!(out, "{}", emulator.app_private_key()?)?;
    }
    writeln!(out, "\nThe platform's public key, which callbacks are checked with:")?;
    write!(out, "{}", emulator.public_key())?;
    writeln!(out, "\nAPIs of the platform, each a POST:")?;
    for path in paths() {
        writeln!(out, "  {path}")?;
    }
    writeln!(out, "\nWhat users, the platform and the network do, each a POST of JSON:")?;
    for action in ACTIONS {
        let call = format!("/emulator/{} {{{}}}", action.name, action.takes);
        writeln!(out, "  {call}\n      {}", action.does)?;
    }
    out.flush()
}
