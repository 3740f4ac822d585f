import Compiler
import IR
import Testing

/// Every op has all its parts: definition, operands, a shape, a gradient rule or its absence written down, an instruction.
@Suite struct OpCompletenessTests {
    @Test func everyKindHasOneDefinition() {
        for kind in OpKind.allCases {
            let definitions = OpDefinition.all.filter { $0.kind == kind }
            #expect(definitions.count == 1, "\(kind)")
            #expect(definitions.allSatisfy { $0.summary.count > 10 && $0.summary.hasSuffix(".") }, "\(kind) has no description")
        }
        #expect(OpDefinition.all.map(\.kind) == OpKind.allCases.filter { kind in OpDefinition.all.contains { $0.kind == kind } })
    }

    /// Shapes, gradients and bindings trap when they are missing, so a plan that holds every op and runs shows that all are there.
    @Test func randomNetworksReachEveryOp() throws {
        var seen: Set<String> = []
        var activations: Set<Activation> = []
        var gradients: Set<Activation> = []
        var optimizers: Set<Optimizer> = []
        for number in 0..<1_000 {
            let randomCase = RandomCase(number)
            let graph = Pipeline.trainingGraph(randomCase.network, rule: randomCase.rule, hasRowWeights: randomCase.hasRowWeights)
            for node in graph.nodes {
                seen.insert(node.op.kind.rawValue)
                if case .activation(let function) = node.op { activations.insert(function) }
                if case .activationGradient(let function) = node.op { gradients.insert(function) }
                if case .update(let optimizer, _) = node.op { optimizers.insert(optimizer) }
            }
        }
        // `add` joins the gradients of a value used twice, which a list of layers never makes; GradientCheckTests builds one.
        #expect(Set(OpKind.allCases.map(\.rawValue)).subtracting(seen) == ["add"])
        #expect(activations.count == Activation.allCases.count - 1)
        #expect(gradients.count == Activation.allCases.count - 1)
        #expect(optimizers.count == Optimizer.allCases.count)
    }
}
