//! Amounts of money, each unit a type of its own. Whole numbers throughout.

use crate::newtype::newtype;

newtype! {
    /// Hundredths of a yuan.
    Fen "fen"
    /// The platform's own coin.
    Diamonds "diamonds"
    /// Worth 100 fen each.
    Yuan "yuan"
    /// In the unit of the order that it is about: fen, or diamonds if that was paid with diamonds.
    ///
    /// Only the caller knows which, by the order's currency, and says so: `to_fen` or `to_diamonds`. There is no
    /// arithmetic on it, for two amounts need not be of one unit.
    Amount "fen or diamonds"
}

impl From<Fen> for Amount {
    fn from(fen: Fen) -> Self {
        Self(fen.0)
    }
}

impl From<Diamonds> for Amount {
    fn from(diamonds: Diamonds) -> Self {
        Self(diamonds.0)
    }
}

impl Amount {
    /// As fen: right for an order that was not paid with diamonds.
    pub const fn to_fen(self) -> Fen {
        Fen(self.0)
    }

    /// As diamonds: right for an order that was paid with them.
    pub const fn to_diamonds(self) -> Diamonds {
        Diamonds(self.0)
    }
}

/// A unit of money.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LevelUnit {
    /// Hundredths of a yuan.
    Fen,
    /// The platform's own coin.
    Diamonds,
    /// Worth 100 fen.
    Yuan,
}

impl LevelUnit {
    /// The unit in English: `fen`, `diamonds`, `yuan`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Fen => "fen",
            Self::Diamonds => "diamonds",
            Self::Yuan => "yuan",
        }
    }
}

/// An amount in one unit of money: [`Fen`], [`Diamonds`] or [`Yuan`].
pub trait Money: Copy {
    /// The unit.
    const UNIT: LevelUnit;

    /// The amount in this unit.
    fn amount(self) -> i64;

    /// The amount in this unit.
    fn from_amount(amount: i64) -> Self;
}

impl Fen {
    /// In yuan, unless some fen are left over.
    pub const fn to_yuan(self) -> Option<Yuan> {
        if self.0 % 100 == 0 { Some(Yuan(self.0 / 100)) } else { None }
    }
}

impl Yuan {
    /// In fen, unless that is more than 64 bits hold.
    pub const fn to_fen(self) -> Option<Fen> {
        match self.0.checked_mul(100) {
            Some(fen) => Some(Fen(fen)),
            None => None,
        }
    }
}

macro_rules! money {
    ($($name:ident)*) => {$(
        impl $name {
            /// The sum, unless 64 bits cannot hold it.
            pub const fn checked_add(self, other: Self) -> Option<Self> {
                match self.0.checked_add(other.0) {
                    Some(sum) => Some(Self(sum)),
                    None => None,
                }
            }

            /// The difference, unless 64 bits cannot hold it.
            pub const fn checked_sub(self, other: Self) -> Option<Self> {
                match self.0.checked_sub(other.0) {
                    Some(difference) => Some(Self(difference)),
                    None => None,
                }
            }

            /// `count` times the amount, unless 64 bits cannot hold it.
            pub const fn checked_mul(self, count: i64) -> Option<Self> {
                match self.0.checked_mul(count) {
                    Some(product) => Some(Self(product)),
                    None => None,
                }
            }
        }

        impl Money for $name {
            const UNIT: LevelUnit = LevelUnit::$name;

            fn amount(self) -> i64 {
                self.0
            }

            fn from_amount(amount: i64) -> Self {
                Self(amount)
            }
        }
    )*};
}

money!(Fen Diamonds Yuan);
