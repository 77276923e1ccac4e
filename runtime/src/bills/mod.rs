//! Bills of trade and of funds, read as they are and checked against each other.

mod text;
mod mapping;
mod number;
mod row;
mod error;
mod cell;
mod section;
mod reader;

pub use error::{BillError, BillFault, CellFault, MissingColumn};
pub use mapping::*;
pub use number::Number;
pub use reader::Rows;
pub use row::*;
pub use section::Section;
