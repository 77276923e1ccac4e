//! Unions: objects of several kinds, which one of their keys tells apart.

use crate::model::{Type, Union, UnionId, UnionVariant};
use crate::names::type_name;
use crate::source::Located;
use crate::spec::{self, Element, TypeDef};

use super::Scope;
use super::objects::Place;
use super::parts::check_null;

impl<'a> Scope<'_, 'a> {
    /// A named union. `id` is the number that it has already.
    pub(super) fn resolve_union(
        &mut self,
        name: &'a Located<String>,
        def: &'a TypeDef,
        id: UnionId,
    ) -> Type<'a> {
        let shape = &def.shape;
        if shape.discriminator.is_none() {
            let message = format_args!("the `union` `{name}` needs `discriminator`");
            self.diagnostics.error(shape.ty.span, "missing-key", message).help(
                "write the key that tells its kinds apart; without one, give an `object` the fields of all of them, \
                 with `exactly_one_of`, or write `json`",
            );
        }
        let variants = shape.variants.iter().map(|spec| self.resolve_variant(name, def, spec));
        let variants = variants.collect();
        let domain = self.domain;
        let tag = shape.discriminator.as_ref();
        let fields = (!shape.fields.is_empty()).then(|| {
            let place = Place::common(name, format!("{}Fields", type_name(&name.value)));
            self.resolve_object(&shape.fields, &shape.groups, None, place)
        });
        let kinds = type_name(&name.value);
        let kinds = if fields.is_some() { kinds + "Kind" } else { kinds };
        let union =
            Union { domain, name, tag, fields, kinds, variants, provenance: &def.provenance };
        self.arena.unions[id.0] = Some(union);
        self.unions.push(id);
        Type::Union(id)
    }

    fn resolve_variant(
        &mut self,
        union: &'a Located<String>,
        def: &'a TypeDef,
        spec: &'a spec::UnionVariant,
    ) -> UnionVariant<'a> {
        let label = spec.name.as_ref().map(|name| name.value.0.clone());
        let rust = type_name(&label.unwrap_or_else(|| spec.value.value.text()));
        let content = spec.of.as_ref().map(|item| {
            check_null(self.diagnostics, item, &def.shape.ty);
            let Element(of) = item;
            let name = type_name(&union.value) + &rust;
            self.resolve_shape(&of.shape, Place::variant(union, &rust, name, &of.shape))
        });
        UnionVariant { spec, rust, content }
    }
}
