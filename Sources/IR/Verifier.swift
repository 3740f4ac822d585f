/// Finds what must never be true of a graph or a plan. Each finding is a bug of ours; tests run these between passes.
public enum Verifier {
    /// Missing shapes, uses before definitions, wrong numbers of operands; empty for a sound graph.
    public static func problems(in graph: Graph) -> [String] {
        var found: [String] = []
        for id in graph.ids {
            let node = graph[id]
            if node.shape == nil { found.append("\(id) \(node.name) has no shape") }
            for input in node.inputs where input >= id { found.append("\(id) uses \(input) before it is made") }
            let names = OpDefinition.all.first { $0.kind == node.op.kind }?.operands ?? []
            let required = names.filter { !$0.hasSuffix("?") && !$0.hasSuffix("...") }.count
            if node.inputs.count < required { found.append("\(id) \(node.op) has \(node.inputs.count) operands, wants \(required)") }
            if !names.contains(where: { $0.hasSuffix("...") }), node.inputs.count > names.count {
                found.append("\(id) \(node.op) has too many operands")
            }
        }
        return found
    }

    /// Overlaps of live buffers, bytes outside their region, uses outside a life; empty for a sound plan.
    public static func problems(in plan: Plan) -> [String] {
        var found: [String] = []
        for (i, a) in plan.buffers.enumerated() {
            if a.offset % 64 != 0 { found.append("b\(i) is not aligned") }
            if a.offset + a.byteCount > plan.byteCount(a.region) { found.append("b\(i) ends outside its region") }
            for (j, b) in plan.buffers.enumerated() where j > i && a.region == b.region && a.live.overlaps(b.live) {
                if a.offset < b.offset + b.byteCount, b.offset < a.offset + a.byteCount {
                    found.append("b\(i) (\(a.name)) and b\(j) (\(b.name)) overlap while both live")
                }
            }
        }
        for (number, instruction) in plan.instructions.enumerated() {
            for id in [instruction.output] + instruction.inputs where !plan[id].live.contains(number) {
                found.append("instruction \(number) touches \(id) outside its life")
            }
        }
        return found
    }
}
