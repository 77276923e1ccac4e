//! What may be asked of the command.

use std::path::PathBuf;

use clap::{Parser, Subcommand, ValueEnum};

/// Turns the YAML spec of an API into the source of a client.
#[derive(Parser)]
#[command(name = "codegen", bin_name = "cargo codegen", version, max_term_width = 100)]
pub(super) struct Args {
    #[command(subcommand)]
    pub(super) command: Command,
}

#[derive(Subcommand)]
pub(super) enum Command {
    /// Says what is wrong with the spec: everything at once, but for what depends on something that is wrong itself, as the use
    /// of a field whose type does not exist.
    Check {
        /// Folder of the spec; if left out, the nearest folder `spec` here or above.
        #[arg(long, value_name = "DIR")]
        spec: Option<PathBuf>,
        /// Text for people, or one array of JSON rows.
        #[arg(long, value_enum, default_value_t = Format::Text)]
        format: Format,
    },
    /// Writes the client, all of it or nothing.
    Generate {
        /// Folder of the spec; if left out, the nearest folder `spec` here or above.
        #[arg(long, value_name = "DIR")]
        spec: Option<PathBuf>,
        /// Folder for the generated files; others in it are left alone.
        #[arg(long, value_name = "DIR")]
        out: PathBuf,
        /// Has every type read and written through serde, for programs that keep them.
        #[arg(long)]
        serde: bool,
        /// Writes nothing; says which files are out of date.
        #[arg(long)]
        check: bool,
    },
    /// Prints the API in client terms, as JSON.
    Ir {
        /// Folder of the spec; if left out, the nearest folder `spec` here or above.
        #[arg(long, value_name = "DIR")]
        spec: Option<PathBuf>,
    },
    /// Prints a Markdown table of everything that can be called.
    Table {
        /// Folder of the spec; if left out, the nearest folder `spec` here or above.
        #[arg(long, value_name = "DIR")]
        spec: Option<PathBuf>,
    },
    /// Prints the JSON Schema of a spec's file, for editors.
    Schema,
}

#[derive(Clone, Copy, ValueEnum)]
pub(super) enum Format {
    Text,
    Json,
}
