//! Descriptors made ready for linking, which takes time that grows with the square of some of what they have.

use prost_reflect::prost_types::{
    DescriptorProto, EnumDescriptorProto, EnumOptions, FileDescriptorProto, MessageOptions, uninterpreted_option,
};

/// Takes off what says nothing about fields. Names are made JSON names, because those that collide only there are legal.
pub fn prepare(file: &mut FileDescriptorProto) {
    file.options = None;
    file.service.clear();
    file.enum_type.iter_mut().for_each(prepare_enum);
    file.message_type.iter_mut().for_each(prepare_message);
    file.extension.iter_mut().for_each(|extension| extension.options = None);
}

fn prepare_message(message: &mut DescriptorProto) {
    let is_map = message.options.as_ref().is_some_and(MessageOptions::map_entry);
    message.options = is_map.then(|| MessageOptions { map_entry: Some(true), ..MessageOptions::default() });
    for field in &mut message.field {
        field.options = None;
        field.json_name.clone_from(&field.name);
    }
    message.extension.iter_mut().for_each(|extension| extension.options = None);
    message.oneof_decl.iter_mut().for_each(|oneof| oneof.options = None);
    message.extension_range.iter_mut().for_each(|range| range.options = None);
    message.enum_type.iter_mut().for_each(prepare_enum);
    message.nested_type.iter_mut().for_each(prepare_message);
}

fn prepare_enum(declared: &mut EnumDescriptorProto) {
    let aliases = declared.options.as_ref().is_some_and(|options| {
        options.allow_alias()
            || options.uninterpreted_option.iter().any(|option| {
                matches!(option.name.as_slice(), [uninterpreted_option::NamePart { name_part, .. }] if name_part == "allow_alias")
                    && option.identifier_value() == "true"
            })
    });
    declared.options = aliases.then(|| EnumOptions { allow_alias: Some(true), ..EnumOptions::default() });
    declared.value.iter_mut().for_each(|value| value.options = None);
}

/// How many values all enums have.
pub fn count_enum_values(enums: &[EnumDescriptorProto], messages: &[DescriptorProto]) -> usize {
    let own: usize = enums.iter().map(|e| e.value.len()).sum();
    own + messages.iter().map(|m| count_enum_values(&m.enum_type, &m.nested_type)).sum::<usize>()
}

/// How many bytes the full names of all messages, fields and values have.
pub fn count_name_bytes(scope: usize, enums: &[EnumDescriptorProto], messages: &[DescriptorProto]) -> usize {
    let of_enum = |e: &EnumDescriptorProto| e.value.iter().map(|v| scope + v.name().len()).sum::<usize>();
    let of_message = |m: &DescriptorProto| {
        let inner = scope + m.name().len() + 1;
        let fields = m.field.iter().chain(&m.extension).map(|f| inner + f.name().len());
        inner + fields.sum::<usize>() + count_name_bytes(inner, &m.enum_type, &m.nested_type)
    };
    enums.iter().map(of_enum).sum::<usize>() + messages.iter().map(of_message).sum::<usize>()
}
