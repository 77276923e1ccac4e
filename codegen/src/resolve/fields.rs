//! Fields, and what ties one to others: conditions, sums, groups.

use crate::diagnostic::Diagnostics;
use crate::model::{
    Condition, Field, FieldId, FieldUse, Group, GroupRule, ItemsIf, ObjectId, RangeIf, Reported,
    Resolved, Shape, Sum, Test,
};
use crate::source::{List, Located, Span};
use crate::spec;

use super::Scope;
use super::names::{UNIT, report_unknown, require};
use super::objects::rust_name;

/// The object whose fields are resolved.
struct Siblings<'a> {
    object: ObjectId,
    fields: &'a List<spec::Field>,
    /// Of each field the object that its items are, if it is a list of objects.
    items: Vec<Resolved<Option<ObjectId>>>,
}

impl<'a> Scope<'_, 'a> {
    pub(super) fn resolve_fields(
        &mut self,
        object: ObjectId,
        fields: &'a List<spec::Field>,
        shapes: Vec<Shape<'a>>,
    ) -> Vec<Field<'a>> {
        let items = shapes.iter().map(|shape| shape.ty.item_object()).collect();
        let siblings = Siblings { object, fields, items };
        let fields = fields.iter().zip(shapes).enumerate();
        fields
            .map(|(index, (spec, shape))| self.resolve_field(&siblings, index, spec, shape))
            .collect()
    }

    fn resolve_field(
        &mut self,
        siblings: &Siblings<'a>,
        index: usize,
        spec: &'a spec::Field,
        shape: Shape<'a>,
    ) -> Field<'a> {
        let own = Some(spec);
        let object = siblings.object;
        let required_if = spec.required_if.as_ref();
        let forbidden_if = spec.forbidden_if.as_ref();
        Field {
            spec,
            rust: rust_name(spec),
            shape,
            required_if: required_if.map(|item| self.resolve_condition(Ok(object), own, item)),
            forbidden_if: forbidden_if.map(|item| self.resolve_condition(Ok(object), own, item)),
            range_if: spec
                .range_if
                .iter()
                .map(|item| {
                    let when = self.resolve_condition(Ok(object), own, &item.when);
                    let unit = item.unit.as_ref();
                    let units = &self.names.shared.units;
                    let unit = unit.map(|unit| require(self.diagnostics, units, UNIT, unit));
                    RangeIf { spec: item, when, unit }
                })
                .collect(),
            items_if: spec
                .items_if
                .iter()
                .map(|item| self.resolve_items_if(siblings, index, item))
                .collect(),
            sum: spec.sum.as_ref().map(|sum| self.resolve_sum(siblings, sum)),
            deprecated: self.resolve_deprecated_field(object, &spec.name, &spec.deprecated),
        }
    }

    /// `own` is the field that the condition is a rule of, if the field that it is on is of the same object.
    fn resolve_condition(
        &mut self,
        object: Resolved<ObjectId>,
        own: Option<&spec::Field>,
        condition: &'a spec::Condition,
    ) -> Condition<'a> {
        let (name, test) = (&condition.field, self.resolve_test(condition));
        let is_own = own.is_some_and(|own| own.name.value == name.value);
        let on = match test {
            Test::Error => FieldUse { name, field: Err(Reported) },
            _ if is_own => {
                self.diagnostics
                    .error(name.span, "bad-condition", format_args!("`{name}` depends on itself"))
                    .help("name another field of the object");
                FieldUse { name, field: Err(Reported) }
            }
            _ => self.resolve_use(object, name),
        };
        Condition { on, test }
    }

    fn resolve_test(&mut self, condition: &'a spec::Condition) -> Test<'a> {
        let spec::Condition { field, is, is_not, present } = condition;
        match (is.as_slice(), is_not.as_slice(), present) {
            ([_, ..], [], None) => Test::Is(is),
            ([], [_, ..], None) => Test::IsNot(is_not),
            ([], [], Some(present)) if present.value => Test::Present(present.span),
            ([], [], Some(present)) => Test::Absent(present.span),
            _ => {
                let tests = [!is.is_empty(), !is_not.is_empty(), present.is_some()];
                let tests = tests.into_iter().filter(|given| *given).count();
                let message = format_args!("the condition on `{field}` has {tests} tests");
                self.diagnostics.error(field.span, "bad-condition", message).help(
                    "give one of `is: value`, `is_not: value`, `present: true`, `present: false`",
                );
                Test::Error
            }
        }
    }

    fn resolve_items_if(
        &mut self,
        siblings: &Siblings<'a>,
        index: usize,
        rule: &'a spec::ItemsIf,
    ) -> ItemsIf<'a> {
        let own = &siblings.fields[index];
        let when = self.resolve_condition(Ok(siblings.object), Some(own), &rule.when);
        let items = self.require_items(siblings, index, &rule.then.field);
        let then = match items {
            Ok(_) => self.resolve_condition(items, None, &rule.then),
            Err(Reported) => {
                let on = FieldUse { name: &rule.then.field, field: Err(Reported) };
                Condition { on, test: Test::Error }
            }
        };
        ItemsIf { when, then }
    }

    fn resolve_sum(&mut self, siblings: &Siblings<'a>, sum: &'a spec::Sum) -> Sum<'a> {
        let list = self.resolve_use(Ok(siblings.object), &sum.of);
        let items = list.field.and_then(|list| self.require_items(siblings, list.index, &sum.of));
        Sum { list, part: self.resolve_use(items, &sum.field) }
    }

    /// The object that each item of a list is. `place`: where the rule says what it wants of them.
    fn require_items(
        &mut self,
        siblings: &Siblings<'a>,
        index: usize,
        place: &Located<String>,
    ) -> Resolved<ObjectId> {
        if let Some(items) = siblings.items[index]? {
            return Ok(items);
        }
        let name = &siblings.fields[index].name;
        self.diagnostics
            .error(place.span, "misplaced-rule", format_args!("`{name}` is not a list of objects"))
            .help("a rule on items is for a `list` whose `of` is an `object`");
        Err(Reported)
    }

    pub(super) fn resolve_group(
        &mut self,
        object: ObjectId,
        spec: &'a spec::Group,
        span: Span,
    ) -> Group<'a> {
        let rule = match (spec.exactly_one_of.as_slice(), spec.at_least_one_of.as_slice()) {
            ([], []) => {
                self.diagnostics
                    .error(span, "bad-group", "a group without fields")
                    .help("give `exactly_one_of` or `at_least_one_of`");
                GroupRule::Error
            }
            (names, []) => GroupRule::ExactlyOneOf(self.resolve_uses(Ok(object), names)),
            ([], names) => GroupRule::AtLeastOneOf(self.resolve_uses(Ok(object), names)),
            (_, [second, ..]) => {
                self.diagnostics
                    .error(second.span, "bad-group", "a group of two kinds")
                    .help("make two groups of it");
                GroupRule::Error
            }
        };
        Group { spec, rule }
    }

    /// The fields of these names. A name that is given twice is looked up once, so that it is reported once.
    pub(super) fn resolve_uses(
        &mut self,
        object: Resolved<ObjectId>,
        names: &'a [Located<String>],
    ) -> Vec<FieldUse<'a>> {
        let mut uses: Vec<FieldUse<'a>> = Vec::new();
        for name in names {
            let earlier = uses.iter().find(|earlier| earlier.name.value == name.value);
            uses.push(match earlier {
                Some(FieldUse { field, .. }) => FieldUse { name, field: *field },
                None => self.resolve_use(object, name),
            });
        }
        uses
    }

    /// The field of this name; one that is not there is reported.
    pub(super) fn resolve_use(
        &mut self,
        object: Resolved<ObjectId>,
        name: &'a Located<String>,
    ) -> FieldUse<'a> {
        let field = object.and_then(|object| {
            require_field(self.diagnostics, self.arena.fields[object.0], object, name)
        });
        FieldUse { name, field }
    }
}

/// The field of this name among those of an object; one that is not there is reported.
pub(super) fn require_field(
    diagnostics: &mut Diagnostics,
    fields: &List<spec::Field>,
    object: ObjectId,
    name: &Located<String>,
) -> Resolved<FieldId> {
    let found = fields.iter().position(|field| field.name.value == name.value);
    if found.is_none() && fields.whole {
        let known = fields.iter().map(|field| field.name.as_str());
        report_unknown(diagnostics, "field", name, known);
    }
    let index = found.ok_or(Reported)?;
    if fields[index].constant.is_some() {
        diagnostics
            .error(name.span, "bad-reference", format_args!("`{name}` is a constant"))
            .help("name a field that can have several values");
        return Err(Reported);
    }
    Ok(FieldId { object, index })
}
