import Execution
import SpecLanguage

/// The numbers of the optimizer that change from step to step: step count and bias corrections, by repeated multiplication (no pow).
package struct UpdateClock {
    private var parameters = UpdateParameters()
    /// All that it remembers from step to step; the rest are settings, and the rate, which is set for every epoch.
    package struct Memory: Sendable, Equatable {
        /// Steps taken.
        package var step = 0
        package var beta1Power = 1.0
        package var beta2Power = 1.0
        package var decayPower = UpdateClock.nadamDecay
        package var muProduct = 1.0
        package init() {}
    }
    package var memory = Memory()
    /// 0.96 ^ 0.004, PyTorch's momentum_decay: the ratio of (1 - mu_t / beta1) * 2 from one step to the next.
    fileprivate static let nadamDecay = 0.9998367253526752784

    package init(_ optimizer: OptimizerSpec) {
        parameters.learningRate = optimizer.learningRate.value
        parameters.momentum = optimizer.momentum
        parameters.nesterov = optimizer.nesterov
        parameters.beta1 = optimizer.beta1
        parameters.beta2 = optimizer.beta2
        parameters.epsilon = optimizer.epsilon
        parameters.rho = optimizer.rho
    }

    /// Steps taken.
    package var step: Int { memory.step }

    /// The rate of the steps that follow.
    package var learningRate: Double {
        get { parameters.learningRate }
        set { parameters.learningRate = newValue }
    }

    /// Moves to the next step and hands its numbers to the executor.
    package mutating func advance(into target: UnsafeMutablePointer<UpdateParameters>) {
        memory.step += 1
        memory.beta1Power *= parameters.beta1
        memory.beta2Power *= parameters.beta2
        parameters.correction1 = 1 - memory.beta1Power
        parameters.correction2 = 1 - memory.beta2Power
        parameters.mu = parameters.beta1 * (1 - 0.5 * memory.decayPower)
        memory.decayPower *= UpdateClock.nadamDecay
        parameters.muNext = parameters.beta1 * (1 - 0.5 * memory.decayPower)
        memory.muProduct = memory.step == 1 ? parameters.mu : memory.muProduct * parameters.mu
        parameters.muProduct = memory.muProduct
        parameters.muProductNext = parameters.muProduct * parameters.muNext
        target.pointee = parameters
    }
}
