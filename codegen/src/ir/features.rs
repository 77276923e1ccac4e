//! Which features of the runtime a module stands on.

use super::{Module, Rule, Type};

impl Module {
    /// The features of the runtime that its code needs: `dates`, `decimals`, `pattern`, `rules`.
    pub fn features(&self) -> impl Iterator<Item = &'static str> {
        let has = |wanted: fn(&Type) -> bool| self.types().any(|ty| ty.holds(wanted));
        let needs = [
            ("dates", has(|ty| matches!(ty, Type::Date | Type::DateTime))),
            ("decimals", has(|ty| matches!(ty, Type::Decimal(_)))),
            ("pattern", self.checks().any(Rule::has_pattern)),
            ("rules", self.rules.count() > 0),
        ];
        needs.into_iter().filter_map(|(feature, is_needed)| is_needed.then_some(feature))
    }

    /// The types of all that is sent or received.
    fn types(&self) -> impl Iterator<Item = &Type> {
        let fields = self.structs.iter().flat_map(|item| &item.fields).map(|field| &field.ty);
        let responses = self.endpoints.iter().filter_map(|endpoint| endpoint.response.as_ref());
        let contents = self.callbacks.iter().map(|callback| &callback.content);
        fields.chain(responses).chain(contents)
    }

    /// What is checked before it is sent.
    fn checks(&self) -> impl Iterator<Item = &Rule> {
        let written = self.structs.iter().filter(|item| item.written);
        let fields = written.flat_map(|item| &item.fields).flat_map(|field| &field.rules);
        fields.chain(self.texts.iter().flat_map(|text| &text.rules))
    }
}

impl Type {
    /// Whether it is one of these, or holds one.
    fn holds(&self, wanted: fn(&Type) -> bool) -> bool {
        match self {
            Type::List(of)
            | Type::Map(of)
            | Type::JsonText(of)
            | Type::Boxed(of)
            | Type::Nullable(of) => of.holds(wanted),
            other => wanted(other),
        }
    }
}

impl Rule {
    fn has_pattern(&self) -> bool {
        match self {
            Rule::Pattern(_) => true,
            Rule::Each(rules) => rules.iter().any(Rule::has_pattern),
            _ => false,
        }
    }
}
