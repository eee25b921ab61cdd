package io.centurions.runtime.think;

import io.quarkus.runtime.annotations.RegisterForReflection;

/** What plain langchain4j writes and reads as JSON when it speaks with Anthropic and Ollama, for the native binary. */
@RegisterForReflection(
        classNames = {
            "dev.langchain4j.model.anthropic.internal.api.AnthropicCacheControl",
            "dev.langchain4j.model.anthropic.internal.api.AnthropicCacheType",
            "dev.langchain4j.model.anthropic.internal.api.AnthropicContent",
            "dev.langchain4j.model.anthropic.internal.api.AnthropicContent$Builder",
            "dev.langchain4j.model.anthropic.internal.api.AnthropicCreateMessageRequest",
            "dev.langchain4j.model.anthropic.internal.api.AnthropicCreateMessageRequest$Builder",
            "dev.langchain4j.model.anthropic.internal.api.AnthropicCreateMessageResponse",
            "dev.langchain4j.model.anthropic.internal.api.AnthropicCreateMessageResponse$Builder",
            "dev.langchain4j.model.anthropic.internal.api.AnthropicFormat",
            "dev.langchain4j.model.anthropic.internal.api.AnthropicFormat$Builder",
            "dev.langchain4j.model.anthropic.internal.api.AnthropicImageContent",
            "dev.langchain4j.model.anthropic.internal.api.AnthropicImageContentSource",
            "dev.langchain4j.model.anthropic.internal.api.AnthropicMessage",
            "dev.langchain4j.model.anthropic.internal.api.AnthropicMessage$Builder",
            "dev.langchain4j.model.anthropic.internal.api.AnthropicMessageContent",
            "dev.langchain4j.model.anthropic.internal.api.AnthropicMetadata",
            "dev.langchain4j.model.anthropic.internal.api.AnthropicMetadata$Builder",
            "dev.langchain4j.model.anthropic.internal.api.AnthropicOutputConfig",
            "dev.langchain4j.model.anthropic.internal.api.AnthropicOutputConfig$Builder",
            "dev.langchain4j.model.anthropic.internal.api.AnthropicOutputFormatType",
            "dev.langchain4j.model.anthropic.internal.api.AnthropicRole",
            "dev.langchain4j.model.anthropic.internal.api.AnthropicTextContent",
            "dev.langchain4j.model.anthropic.internal.api.AnthropicTool",
            "dev.langchain4j.model.anthropic.internal.api.AnthropicTool$Builder",
            "dev.langchain4j.model.anthropic.internal.api.AnthropicToolChoice",
            "dev.langchain4j.model.anthropic.internal.api.AnthropicToolChoice$Builder",
            "dev.langchain4j.model.anthropic.internal.api.AnthropicToolChoiceType",
            "dev.langchain4j.model.anthropic.internal.api.AnthropicToolResultContent",
            "dev.langchain4j.model.anthropic.internal.api.AnthropicToolSchema",
            "dev.langchain4j.model.anthropic.internal.api.AnthropicToolSchema$Builder",
            "dev.langchain4j.model.anthropic.internal.api.AnthropicToolUseContent",
            "dev.langchain4j.model.anthropic.internal.api.AnthropicToolUseContent$Builder",
            "dev.langchain4j.model.anthropic.internal.api.AnthropicUsage",
            "dev.langchain4j.model.ollama.FormatSerializer",
            "dev.langchain4j.model.ollama.Function",
            "dev.langchain4j.model.ollama.Function$Builder",
            "dev.langchain4j.model.ollama.FunctionCall",
            "dev.langchain4j.model.ollama.FunctionCall$Builder",
            "dev.langchain4j.model.ollama.Message",
            "dev.langchain4j.model.ollama.Message$Builder",
            "dev.langchain4j.model.ollama.OllamaChatRequest",
            "dev.langchain4j.model.ollama.OllamaChatRequest$Builder",
            "dev.langchain4j.model.ollama.OllamaChatResponse",
            "dev.langchain4j.model.ollama.OllamaChatResponse$Builder",
            "dev.langchain4j.model.ollama.OllamaDateDeserializer",
            "dev.langchain4j.model.ollama.Options",
            "dev.langchain4j.model.ollama.Options$Builder",
            "dev.langchain4j.model.ollama.Parameters",
            "dev.langchain4j.model.ollama.Parameters$Builder",
            "dev.langchain4j.model.ollama.Role",
            "dev.langchain4j.model.ollama.Tool",
            "dev.langchain4j.model.ollama.Tool$Builder",
            "dev.langchain4j.model.ollama.ToolCall",
            "dev.langchain4j.model.ollama.ToolCall$Builder"
        })
final class NativeModels {

    private NativeModels() {}
}
