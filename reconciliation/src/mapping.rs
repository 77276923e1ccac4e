//! Which header is which field, and which word means what: the part of a bill that no document tells, told in YAML.

use std::fmt;

use self::yaml::{Faults, FromYaml, Map, Node};

/// Declares a struct that is read from a YAML map with these keys. What is `[optional]` may be left out.
macro_rules! keys {
    (
        $(#[$doc:meta])* $name:ident {
            $($(#[$field_doc:meta])* $field:ident: $ty:ty $([$optional:ident])?,)*
        }
        $(check $check:path)?
    ) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub struct $name {
            $($(#[$field_doc])* pub $field: $ty,)*
        }

        impl FromYaml for $name {
            fn read(node: &Node, faults: &mut Faults) -> Option<Self> {
                let map = Map::of(node, &[$(stringify!($field)),*], faults)?;
                $(let $field = keys!(@read map faults $field $($optional)?);)*
                $($check(node, faults);)?
                Some(Self { $($field: $field?,)* })
            }
        }
    };
    (@read $map:ident $faults:ident $field:ident) => {
        $map.required(stringify!($field), $faults)
    };
    (@read $map:ident $faults:ident $field:ident optional) => {
        $map.optional(stringify!($field), $faults)
    };
}

/// Declares the columns of a kind of file, and what type their cells have: which header each field has, or, once a file is open, which column.
macro_rules! columns {
    (
        $(#[$doc:meta])* $name:ident {
            $($(#[$field_doc:meta])* $field:ident: $type:ident,)*
        } optional {
            $($(#[$extra_doc:meta])* $extra:ident: $extra_type:ident,)*
        }
    ) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub struct $name<T = String> {
            $($(#[$field_doc])* pub $field: T,)*
            $($(#[$extra_doc])* pub $extra: Option<T>,)*
        }

        impl $name {
            /// The same with what `find` makes of each field's name and header.
            pub(crate) fn map<T>(&self, mut find: impl FnMut(&'static str, &str) -> T) -> $name<T> {
                $name {
                    $($field: find(stringify!($field), &self.$field),)*
                    $($extra: self.$extra.as_deref().map(|header| find(stringify!($extra), header)),)*
                }
            }
        }

        impl FromYaml for $name {
            fn read(node: &Node, faults: &mut Faults) -> Option<Self> {
                let fields = [$(stringify!($field),)* $(stringify!($extra),)*];
                let map = Map::of(node, &fields, faults)?;
                $(let $field = map.required(stringify!($field), faults);)*
                $(let $extra = map.optional(stringify!($extra), faults);)*
                let types = [$(check::Type::$type,)* $(check::Type::$extra_type,)*];
                check::columns(node, &fields, &types, faults);
                Some(Self { $($field: $field?,)* $($extra: $extra?,)* })
            }
        }
    };
}

/// Declares an enum whose variants are written as these words.
macro_rules! choices {
    ($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $word:literal,)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum $name {
            $($(#[$variant_doc])* $variant,)*
        }

        impl FromYaml for $name {
            fn read(node: &Node, faults: &mut Faults) -> Option<Self> {
                yaml::choose(node, &[$(($word, Self::$variant),)*], faults)
            }
        }
    };
}

/// Declares the section of a kind of file, and its columns.
macro_rules! section {
    (
        $(#[$doc:meta])* $name:ident {
            $($(#[$key_doc:meta])* $key:ident: $ty:ty $([$optional:ident])?,)*
        }
        $(#[$columns_doc:meta])* $columns:ident $($fields:tt)*
    ) => {
        keys! {
            $(#[$doc])* $name {
                /// How cells are written.
                format: Format,
                /// Where the rows are.
                layout: Layout [optional],
                /// Which header is which field.
                columns: $columns,
                $($(#[$key_doc])* $key: $ty $([$optional])?,)*
            } check check::section
        }

        columns! { $(#[$columns_doc])* $columns $($fields)* }
    };
}

/// Declares the section of a kind of trades on orders, with the key and the columns that all of these have, and its own.
macro_rules! trades {
    (
        $(#[$doc:meta])* $name:ident { $($keys:tt)* }
        $(#[$columns_doc:meta])* $columns:ident of $trade:literal { $($fields:tt)* } optional { $($extras:tt)* }
    ) => {
        section! {
            $(#[$doc])* $name {
                /// The words for the state (交易状态). Together with `columns.state`; without both, every row has succeeded.
                states: Option<StateWords> [optional],
                $($keys)*
            }
            $(#[$columns_doc])* $columns {
                /// The developer's number of the order (订单号).
                order_no: Number,
                #[doc = concat!("The platform's number of the ", $trade, " (平台单号).")]
                platform_no: Number,
                $($fields)*
            } optional {
                /// The payment channel's number (渠道单号), if the file has it.
                channel_no: Number,
                /// The state (交易状态), if the file has it.
                state: Word,
                $($extras)*
                /// The number of the coupon or item, if the file has it.
                item_no: Number,
            }
        }
    };
}

/// Declares the kinds of files, in the order in which they are read, and the section of each.
macro_rules! kinds {
    ($($(#[$doc:meta])* $key:ident: $section:ident = $kind:ident,)*) => {
        keys! {
            /// How the files of bills are to be read, one section for each kind of file. A kind without a section cannot be read.
            ///
            /// Written in YAML; [`Mapping::EXAMPLE`] has every section. Unknown keys are refused, and so is a section that
            /// leaves out a required key. Headers and words are compared to the letter, without blanks around them. One
            /// column may serve several fields, as long as all of them are numbers, times or words.
            #[non_exhaustive]
            #[derive(Default)]
            Mapping {
                $($(#[$doc])* $key: Option<$section> [optional],)*
            }
        }

        /// The kinds of files, in the order in which they are read: what happened before what was booked.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum BillKind {
            $($(#[$doc])* $kind,)*
        }

        $(
            impl described::Described for $section {
                const NAME: &'static str = stringify!($key);
                const KIND: BillKind = BillKind::$kind;

                fn format(&self) -> Format {
                    self.format
                }

                fn layout(&self) -> &Layout {
                    &self.layout
                }
            }
        )*
    };
}

mod format;
mod sections;
mod check;
mod yaml;

pub use self::format::*;
pub use self::sections::*;

kinds! {
    /// Payments (支付单).
    payments: PaymentSection = Payments,
    /// Refunds (退款单), before and after settlement.
    refunds: RefundSection = Refunds,
    /// Settlements (分账单).
    settlements: SettlementSection = Settlements,
    /// Settlements taken back (退分账单).
    returns: ReturnSection = Returns,
    /// Withdrawals (提现记录).
    withdrawals: WithdrawalSection = Withdrawals,
    /// Rebates (返佣记录).
    rebates: RebateSection = Rebates,
    /// Orders that were paid with diamonds, and their refunds.
    diamonds: DiamondSection = Diamonds,
    /// What the accounts took in and paid out (收支明细).
    funds: FundSection = Funds,
    /// What the account for fees took in and paid out (运营账户, 动账明细).
    fees: FeeSection = Fees,
    /// What the monthly statement on diamonds takes off for forced refunds.
    deductions: DeductionSection = Deductions,
}

/// What every section has.
pub(super) mod described {
    use super::{BillKind, Format, Layout};

    pub trait Described {
        /// The name of the section.
        const NAME: &'static str;
        /// The kind of its files.
        const KIND: BillKind;

        fn format(&self) -> Format;
        fn layout(&self) -> &Layout;
    }
}

impl Mapping {
    /// A mapping with every section and every key. Its headers are the document's terms (`reconciliation`, parts 四 and
    /// 五), not the platform's own headers, which no document tells.
    pub const EXAMPLE: &'static str = include_str!("example.yaml");

    /// A mapping for the bills of trade and of funds that WeChat Pay lets merchants download, to show how files of another
    /// layout are described. Compare it with the headers of your files before you use it.
    ///
    /// ```yaml
    #[doc = include_str!("wechat_pay.yaml")]
    /// ```
    pub const WECHAT_PAY: &'static str = include_str!("wechat_pay.yaml");

    /// The same for Alipay.
    ///
    /// ```yaml
    #[doc = include_str!("alipay.yaml")]
    /// ```
    pub const ALIPAY: &'static str = include_str!("alipay.yaml");

    /// Reads a mapping.
    ///
    /// # Errors
    ///
    /// Everything that is wrong, each with its line and column: unknown or missing keys, empty headers, one header for two
    /// amounts or for fields of different types, words with two meanings. Text that is not YAML is reported alone.
    pub fn from_yaml(text: &str) -> Result<Self, MappingError> {
        let mut faults = Faults::default();
        let mapping = match yaml::parse(text) {
            Ok(Some(root)) => Self::read(&root, &mut faults).unwrap_or_default(),
            Ok(None) => Self::default(),
            Err(fault) => return Err(MappingError { faults: vec![fault] }),
        };
        match faults.into_list() {
            faults if faults.is_empty() => Ok(mapping),
            faults => Err(MappingError { faults }),
        }
    }
}

/// Everything that is wrong with a mapping.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MappingError {
    /// What is wrong, in the order of the text. Never empty.
    pub faults: Vec<MappingFault>,
}

/// One thing that is wrong with a mapping.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MappingFault {
    /// What is wrong, after the path of the place.
    pub message: String,
    /// Line and column, both from 1.
    pub place: (usize, usize),
}

impl fmt::Display for MappingError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, fault) in self.faults.iter().enumerate() {
            let separator = if index == 0 { "" } else { "\n" };
            write!(f, "{separator}{fault}")?;
        }
        Ok(())
    }
}

impl fmt::Display for MappingFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (line, column) = self.place;
        write!(f, "mapping:{line}:{column}: {}", self.message)
    }
}

impl std::error::Error for MappingError {}
