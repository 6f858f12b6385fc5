extension BlockCheck {
    mutating func block(_ block: SandboxJSON, at place: String) {
        string(block, "block_id", upTo: BlockKit.Limit.identifier, required: false, at: place)
        switch block["type"]?.string {
        case "section": section(block, at: place)
        case "header":
            members(block, ["type", "block_id", "text"], at: place)
            text(block["text"], upTo: BlockKit.Limit.header, plainOnly: true, at: "\(place)/text")
        case "divider":
            members(block, ["type", "block_id"], at: place)
        case "context": context(block, at: place)
        case "actions": actions(block, at: place)
        case "image":
            members(block, ["type", "block_id", "image_url", "slack_file", "alt_text", "title"], at: place)
            image(block, at: place)
            text(block["title"], upTo: 2000, plainOnly: true, required: false, at: "\(place)/title")
        case "markdown":
            members(block, ["type", "block_id", "text"], at: place)
            string(block, "text", upTo: BlockKit.Limit.markdown, required: true, at: place)
        case "input":
            members(
                block,
                ["type", "block_id", "label", "element", "dispatch_action", "hint", "optional"],
                at: place
            )
            text(block["label"], upTo: BlockKit.Limit.inputLabel, plainOnly: true, at: "\(place)/label")
        case "rich_text":
            members(block, ["type", "block_id", "elements"], at: place)
            if block["elements"]?.array == nil { fail("missing required field: elements", at: place) }
        default:
            fail("unsupported type: \(block["type"]?.string ?? "(none)")", at: "\(place)/type")
        }
    }

    private mutating func section(_ block: SandboxJSON, at place: String) {
        members(block, ["type", "block_id", "text", "fields", "accessory", "expand"], at: place)
        if block["text"] == nil, block["fields"] == nil { fail("missing required field: text or fields", at: place) }
        text(
            block["text"],
            upTo: BlockKit.Limit.sectionText,
            plainOnly: false,
            required: false,
            at: "\(place)/text"
        )
        if block["fields"] != nil {
            for (index, field) in items(block, "fields", upTo: BlockKit.Limit.fields, at: place).enumerated() {
                text(field, upTo: BlockKit.Limit.field, plainOnly: false, at: "\(place)/fields/\(index)")
            }
        }
        if let accessory = block["accessory"] {
            if accessory["type"] == "image" {
                members(accessory, ["type", "image_url", "slack_file", "alt_text"], at: "\(place)/accessory")
                image(accessory, at: "\(place)/accessory")
            } else {
                element(accessory, at: "\(place)/accessory")
            }
        }
    }

    private mutating func context(_ block: SandboxJSON, at place: String) {
        members(block, ["type", "block_id", "elements"], at: place)
        for (index, item) in items(block, "elements", upTo: BlockKit.Limit.contextElements, at: place).enumerated() {
            let itemPlace = "\(place)/elements/\(index)"
            if item["type"] == "image" {
                members(item, ["type", "image_url", "slack_file", "alt_text"], at: itemPlace)
                image(item, at: itemPlace)
            } else {
                text(item, upTo: BlockKit.Limit.sectionText, plainOnly: false, at: itemPlace)
            }
        }
    }

    private mutating func actions(_ block: SandboxJSON, at place: String) {
        members(block, ["type", "block_id", "elements"], at: place)
        var identifiers: Set<String> = []
        for (index, item) in items(block, "elements", upTo: BlockKit.Limit.actionElements, at: place).enumerated() {
            let itemPlace = "\(place)/elements/\(index)"
            if let id = item["action_id"]?.string, !identifiers.insert(id).inserted {
                fail("`action_id` must be unique within a block: \(id)", at: itemPlace)
            }
            element(item, at: itemPlace)
        }
    }

    private mutating func image(_ value: SandboxJSON, at place: String) {
        string(value, "alt_text", upTo: BlockKit.Limit.altText, required: true, at: place)
        string(value, "image_url", upTo: BlockKit.Limit.url, required: value["slack_file"] == nil, at: place)
    }

    /// An interactive element.
    private mutating func element(_ element: SandboxJSON, at place: String) {
        string(element, "action_id", upTo: BlockKit.Limit.identifier, required: false, at: place)
        if let confirm = element["confirm"] { self.confirm(confirm, at: "\(place)/confirm") }
        switch element["type"]?.string {
        case "button": button(element, at: place)
        case "static_select":
            members(
                element,
                [
                    "type", "action_id", "placeholder", "options", "option_groups", "initial_option", "confirm",
                    "focus_on_load",
                ],
                at: place
            )
            text(
                element["placeholder"],
                upTo: BlockKit.Limit.placeholder,
                plainOnly: true,
                required: false,
                at: "\(place)/placeholder"
            )
            if element["option_groups"] == nil { options(element, upTo: BlockKit.Limit.options, at: place) }
        case "overflow":
            members(element, ["type", "action_id", "options", "confirm"], at: place)
            options(element, upTo: BlockKit.Limit.overflowOptions, at: place)
        case "users_select", "conversations_select", "channels_select", "external_select", "datepicker", "timepicker",
            "datetimepicker", "checkboxes", "radio_buttons", "multi_static_select", "multi_users_select",
            "workflow_button":
            break
        default:
            fail("unsupported type: \(element["type"]?.string ?? "(none)")", at: "\(place)/type")
        }
    }

    private mutating func button(_ button: SandboxJSON, at place: String) {
        members(
            button,
            ["type", "text", "action_id", "url", "value", "style", "confirm", "accessibility_label"],
            at: place
        )
        text(button["text"], upTo: BlockKit.Limit.buttonText, plainOnly: true, at: "\(place)/text")
        string(button, "value", upTo: BlockKit.Limit.buttonValue, required: false, at: place)
        string(button, "url", upTo: BlockKit.Limit.url, required: false, at: place)
        string(button, "accessibility_label", upTo: BlockKit.Limit.buttonText, required: false, at: place)
        if let style = button["style"], style != "primary", style != "danger" {
            fail("must be a valid enum value", at: "\(place)/style")
        }
    }

    private mutating func confirm(_ confirm: SandboxJSON, at place: String) {
        members(confirm, ["title", "text", "confirm", "deny", "style"], at: place)
        text(
            confirm["title"],
            upTo: BlockKit.Limit.confirmTitle,
            plainOnly: true,
            required: false,
            at: "\(place)/title"
        )
        text(confirm["text"], upTo: BlockKit.Limit.confirmText, plainOnly: false, at: "\(place)/text")
        for name in ["confirm", "deny"] {
            text(
                confirm[name],
                upTo: BlockKit.Limit.confirmButton,
                plainOnly: true,
                required: false,
                at: "\(place)/\(name)"
            )
        }
    }

    private mutating func options(_ element: SandboxJSON, upTo limit: Int, at place: String) {
        for (index, option) in items(element, "options", upTo: limit, at: place).enumerated() {
            let optionPlace = "\(place)/options/\(index)"
            members(option, ["text", "value", "description", "url"], at: optionPlace)
            text(option["text"], upTo: BlockKit.Limit.optionText, plainOnly: false, at: "\(optionPlace)/text")
            string(option, "value", upTo: BlockKit.Limit.optionValue, required: true, at: optionPlace)
        }
    }
}
