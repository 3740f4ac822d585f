import Diagnostics

/// An object of a weights file whose keys have been compared with those it must have: none unknown, twice or missing.
struct WeightsObject {
    let text: WeightsText
    let what: String
    let value: JSONValue
    private let members: [JSONMember]

    /// - Parameters:
    ///   - what: what messages call it ("the feature at position 2").
    ///   - required: nil accepts any keys, for a first look.
    init(_ value: JSONValue, _ what: String, required: [String]?, in text: WeightsText) throws(WeightsProblem) {
        guard case .object(let members) = value.kind else {
            throw WeightsProblem(.wrongKind(of: what, found: value.kindName, expected: "an object in braces", at: text.range(value)))
        }
        self.text = text
        self.what = what
        self.value = value
        self.members = members
        guard let required else { return }
        for (index, member) in members.enumerated() {
            // The first unknown key ends the reading, so this looks back at no more keys than are known.
            guard required.contains(member.key) else {
                throw WeightsProblem(.unknownWeightsKey(member.key, in: what, known: required, at: text.keyRange(member)))
            }
            if let first = members[..<index].first(where: { $0.key == member.key }) {
                throw WeightsProblem(.duplicateWeightsKey(member.key, in: what, at: text.keyRange(member), first: text.keyRange(first)))
            }
        }
        for key in required where find(key) == nil {
            throw WeightsProblem(.missingWeightsKey(key, in: what, at: text.range(value.lower, value.lower + 1)))
        }
    }

    func find(_ key: String) -> JSONValue? { members.first { $0.key == key }?.value }

    subscript(key: String) -> JSONValue {
        get throws(WeightsProblem) {
            guard let found = find(key) else { throw WeightsProblem(.missingWeightsKey(key, in: what, at: text.range(value.lower, value.lower + 1))) }
            return found
        }
    }

    private func wrong(_ key: String, _ found: JSONValue, _ expected: String) -> WeightsProblem {
        WeightsProblem(.wrongKind(of: "`\(key)` of \(what)", found: found.kindName, expected: expected, at: text.range(found)))
    }

    func string(_ key: String) throws(WeightsProblem) -> String {
        let found = try self[key]
        guard case .string(let string) = found.kind else { throw wrong(key, found, "a text") }
        return string
    }

    func optionalString(_ key: String) throws(WeightsProblem) -> String? {
        if case .null = try self[key].kind { return nil }
        return try string(key)
    }

    func double(_ key: String) throws(WeightsProblem) -> Double {
        let found = try self[key]
        guard case .number(let number) = found.kind else { throw wrong(key, found, "a number") }
        return try text.finite([number], of: found)[0]
    }

    func optionalDouble(_ key: String) throws(WeightsProblem) -> Double? {
        if case .null = try self[key].kind { return nil }
        return try double(key)
    }

    /// For a key that is only there where it says true.
    func requireTrue(_ key: String) throws(WeightsProblem) {
        let found = try self[key]
        guard case .bool(true) = found.kind else { throw wrong(key, found, "true, or no such key") }
    }

    func array(_ key: String) throws(WeightsProblem) -> [JSONValue] {
        let found = try self[key]
        guard case .array(let elements) = found.kind else { throw wrong(key, found, "a list") }
        return elements
    }

    func strings(_ key: String) throws(WeightsProblem) -> [String] {
        var result: [String] = []
        for element in try array(key) {
            guard case .string(let string) = element.kind else { throw wrong(key, element, "a text in this list") }
            result.append(string)
        }
        return result
    }

    /// A list of numbers in Double.
    func doubles(_ key: String) throws(WeightsProblem) -> [Double] {
        let found = try self[key]
        guard case .numbers(let numbers) = found.kind else {
            if let element = found.firstNonNumber { throw wrong(key, element, "a number in this list") }
            throw wrong(key, found, "a list of numbers")
        }
        return try text.finite(numbers, of: found)
    }

    func choice<Choice: RawRepresentable<String>>(_ key: String, _ choices: [Choice]) throws(WeightsProblem) -> Choice {
        let found = try string(key)
        guard let choice = choices.first(where: { $0.rawValue == found }) else {
            throw WeightsProblem(.notAChoice(found, for: "`\(key)` of \(what)", choices: choices.map(\.rawValue), at: text.range(try self[key])))
        }
        return choice
    }

    func contradiction(_ message: String, at key: String) -> WeightsProblem {
        WeightsProblem(.contradiction(message, at: find(key).map { text.range($0) } ?? text.range(value)))
    }
}

extension JSONValue {
    /// The first element of a list that is no number.
    var firstNonNumber: JSONValue? {
        guard case .array(let elements) = kind else { return nil }
        return elements.first { if case .number = $0.kind { false } else { true } }
    }

    /// What a message calls a value of this kind.
    var kindName: String {
        switch kind {
        case .null: "null"
        case .bool(let value): "\(value)"
        case .number: "a number"
        case .string: "a text"
        case .array(let elements): elements.isEmpty ? "an empty list" : "a list"
        case .numbers: "a list of numbers"
        case .object: "an object in braces"
        }
    }
}
