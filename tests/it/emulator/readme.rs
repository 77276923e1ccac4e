//! The program that README.md of the emulator shows is the one that is run here, as `settles`.

use crate::support::{folder, read};

#[test]
fn the_program_of_the_readme_is_the_one_that_runs() {
    let readme = read(&folder("../emulator/README.md"));
    assert!(readme.contains(&format!("```rust,ignore\n{}```", include_str!("settles.rs"))));
}
