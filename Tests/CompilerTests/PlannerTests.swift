import Compiler
import Execution
import IR
import Testing

/// Over 1,000 random networks: no two live buffers overlap, and sharing bytes changes no bit.
@Suite struct PlannerTests {
    @Test func noTwoLiveBuffersOverlapAndPlannedEqualsUnplanned() throws {
        var shared = 0
        for number in 0..<1_000 {
            let randomCase = RandomCase(number)
            let graph = Pipeline.trainingGraph(randomCase.network, rule: randomCase.rule, hasRowWeights: randomCase.hasRowWeights)
            #expect(Verifier.problems(in: graph).isEmpty, "network \(number)")
            func plan(sharing: Bool) -> Plan {
                Pipeline.trainingPlan(
                    randomCase.network, rule: randomCase.rule, batchRows: randomCase.batchRows, precision: .float32,
                    hasRowWeights: randomCase.hasRowWeights, sharing: sharing)
            }
            let (planned, unplanned) = (plan(sharing: true), plan(sharing: false))
            #expect(Verifier.problems(in: planned) == [], "network \(number)")
            #expect(Verifier.problems(in: unplanned) == [], "network \(number)")
            #expect(planned.byteCount(.arena) <= unplanned.byteCount(.arena))
            if planned.byteCount(.arena) < unplanned.byteCount(.arena) { shared += 1 }
            let a = try #require(PlanRun(planned, randomCase, steps: 3))
            let b = try #require(PlanRun(unplanned, randomCase, steps: 3))
            #expect(a.parameters == b.parameters, "network \(number)")
            #expect(a.losses.map(\.bitPattern) == b.losses.map(\.bitPattern), "network \(number)")
        }
        #expect(shared > 500, "sharing that almost never happens proves nothing")
    }

    /// Fifty layers: inference needs the bytes of two, training those of the activations that the way back reads and of few gradients.
    @Test func deepNetworksShareTheirBytes() {
        let layers = (0..<50).map { index in
            let dense = Network.Dense(inputs: 64, units: 64, activation: .relu, hasBias: true)
            return Network.Layer(name: "h\(index)", kind: .dense(dense), range: nil)
        }
        let network = Network(inputWidth: 64, outputWidth: 64, layers: layers, loss: .mse)
        let batch = 128
        let activation = batch * 64 * 4
        let inference = Pipeline.inferencePlan(network, batchRows: batch, precision: .float32, withLoss: false, hasRowWeights: false)
        #expect(inference.unsharedArenaByteCount == 50 * activation)
        #expect(inference.byteCount(.arena) == 2 * activation)
        let training = Pipeline.trainingPlan(
            network, rule: UpdateRule(optimizer: .adam), batchRows: batch, precision: .float32, hasRowWeights: false)
        // 50 activations, as many gradients of them, and what is small: the gradients of the weights are never stored.
        #expect(training.unsharedArenaByteCount > 99 * activation)
        #expect(training.byteCount(.arena) < 53 * activation)
    }

    @Test func verifierFindsOverlap() {
        let randomCase = RandomCase(3)
        let plan = Pipeline.trainingPlan(randomCase.network, rule: randomCase.rule, batchRows: 4, precision: .float32, hasRowWeights: false)
        let squeezed = plan.buffers.map {
            Buffer(
                name: $0.name, node: $0.node, region: $0.region, offset: 0, byteCount: $0.byteCount, shape: $0.shape, element: $0.element,
                live: $0.live)
        }
        let broken = Plan(
            precision: plan.precision, capacity: plan.capacity, instructions: plan.instructions, buffers: squeezed,
            regionByteCounts: plan.regionByteCounts, prediction: plan.prediction, loss: plan.loss, gradients: plan.gradients)
        #expect(!Verifier.problems(in: broken).isEmpty)
    }

    /// Every instruction for the whole team, products by columns or by rows and in small blocks.
    private func shared(_ instruction: Instruction) -> Work {
        // Names of one kind are all of one length, so the place of the output decides.
        let number = instruction.output.index
        return switch instruction.op.kind {
        case .loss, .lossWithGradient, .squaredNorm: .whole
        case .inputGradient:
            Work(split: number % 2 == 0 ? .columns : .rows, grain: 1, blocking: Blocking(k: 3, rows: 0))
        case .dense: Work(split: .columns, grain: 2, blocking: nil)
        case .weightGradient: Work(split: .rows, grain: 3, blocking: Blocking(k: 2, rows: 5))
        case .weightUpdate:
            Work(
                split: number % 2 == 0 ? .columns : .rows, grain: 1,
                blocking: number % 3 == 0 ? Blocking(k: number % 2 == 0 ? 2 : 64, rows: 1 + number % 4) : nil,
                rowsAtATime: 1 + number % 4, columnsAtATime: number % 5 == 0 ? .max : 32 * (number % 5))
        case .biasUpdate: Work(split: .rows, grain: 1, blocking: nil, rowsAtATime: 1)
        default: Work(split: .rows, grain: 1, blocking: nil)
        }
    }

    @Test func threadsAndInstructionSetsChangeNoBit() throws {
        for number in 0..<60 {
            let randomCase = RandomCase(number)
            let plan = Pipeline.trainingPlan(
                randomCase.network, rule: randomCase.rule, batchRows: randomCase.batchRows, precision: .float32,
                hasRowWeights: randomCase.hasRowWeights)
            let everywhereParallel = Plan(
                precision: plan.precision, capacity: plan.capacity,
                instructions: plan.instructions.map {
                    Instruction(op: $0.op, output: $0.output, inputs: $0.inputs, name: $0.name, work: shared($0))
                }, buffers: plan.buffers, regionByteCounts: plan.regionByteCounts, prediction: plan.prediction, loss: plan.loss,
                gradients: plan.gradients)
            let one = try #require(PlanRun(plan, randomCase, steps: 2))
            for set in InstructionSet.allCases where set <= .current {
                for threads in [1, 2, 3] {
                    let other = try #require(PlanRun(everywhereParallel, randomCase, steps: 2, threads: threads, set: set))
                    #expect(one.parameters == other.parameters, "network \(number), \(set), \(threads) threads")
                    #expect(one.losses.map(\.bitPattern) == other.losses.map(\.bitPattern))
                }
            }
        }
    }
}
