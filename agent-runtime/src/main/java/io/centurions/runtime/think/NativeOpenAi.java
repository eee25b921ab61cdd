package io.centurions.runtime.think;

import io.quarkus.runtime.annotations.RegisterForReflection;

/** What plain langchain4j writes and reads as JSON when it speaks OpenAI's API, for the native binary. */
@RegisterForReflection(
        classNames = {
            "dev.langchain4j.model.openai.internal.chat.AssistantMessage",
            "dev.langchain4j.model.openai.internal.chat.AssistantMessage$Builder",
            "dev.langchain4j.model.openai.internal.chat.ChatCompletionChoice",
            "dev.langchain4j.model.openai.internal.chat.ChatCompletionChoice$Builder",
            "dev.langchain4j.model.openai.internal.chat.ChatCompletionRequest",
            "dev.langchain4j.model.openai.internal.chat.ChatCompletionRequest$Builder",
            "dev.langchain4j.model.openai.internal.chat.ChatCompletionResponse",
            "dev.langchain4j.model.openai.internal.chat.ChatCompletionResponse$Builder",
            "dev.langchain4j.model.openai.internal.chat.Content",
            "dev.langchain4j.model.openai.internal.chat.Content$Builder",
            "dev.langchain4j.model.openai.internal.chat.ContentType",
            "dev.langchain4j.model.openai.internal.chat.Delta",
            "dev.langchain4j.model.openai.internal.chat.Delta$Builder",
            "dev.langchain4j.model.openai.internal.chat.Function",
            "dev.langchain4j.model.openai.internal.chat.Function$Builder",
            "dev.langchain4j.model.openai.internal.chat.FunctionCall",
            "dev.langchain4j.model.openai.internal.chat.FunctionCall$Builder",
            "dev.langchain4j.model.openai.internal.chat.FunctionMessage",
            "dev.langchain4j.model.openai.internal.chat.FunctionMessage$Builder",
            "dev.langchain4j.model.openai.internal.chat.ImageDetail",
            "dev.langchain4j.model.openai.internal.chat.ImageUrl",
            "dev.langchain4j.model.openai.internal.chat.ImageUrl$Builder",
            "dev.langchain4j.model.openai.internal.chat.InputAudio",
            "dev.langchain4j.model.openai.internal.chat.InputAudio$Builder",
            "dev.langchain4j.model.openai.internal.chat.JsonSchema",
            "dev.langchain4j.model.openai.internal.chat.JsonSchema$Builder",
            "dev.langchain4j.model.openai.internal.chat.Message",
            "dev.langchain4j.model.openai.internal.chat.PdfFile",
            "dev.langchain4j.model.openai.internal.chat.PdfFile$Builder",
            "dev.langchain4j.model.openai.internal.chat.ResponseFormat",
            "dev.langchain4j.model.openai.internal.chat.ResponseFormat$Builder",
            "dev.langchain4j.model.openai.internal.chat.ResponseFormatType",
            "dev.langchain4j.model.openai.internal.chat.Role",
            "dev.langchain4j.model.openai.internal.chat.SystemMessage",
            "dev.langchain4j.model.openai.internal.chat.SystemMessage$Builder",
            "dev.langchain4j.model.openai.internal.chat.Tool",
            "dev.langchain4j.model.openai.internal.chat.Tool$Builder",
            "dev.langchain4j.model.openai.internal.chat.ToolCall",
            "dev.langchain4j.model.openai.internal.chat.ToolCall$Builder",
            "dev.langchain4j.model.openai.internal.chat.ToolChoice",
            "dev.langchain4j.model.openai.internal.chat.ToolChoice$Builder",
            "dev.langchain4j.model.openai.internal.chat.ToolChoiceMode",
            "dev.langchain4j.model.openai.internal.chat.ToolMessage",
            "dev.langchain4j.model.openai.internal.chat.ToolMessage$Builder",
            "dev.langchain4j.model.openai.internal.chat.ToolType",
            "dev.langchain4j.model.openai.internal.chat.UserMessage",
            "dev.langchain4j.model.openai.internal.chat.UserMessage$Builder",
            "dev.langchain4j.model.openai.internal.chat.VideoUrl",
            "dev.langchain4j.model.openai.internal.chat.VideoUrl$Builder",
            "dev.langchain4j.model.openai.internal.shared.CompletionTokensDetails",
            "dev.langchain4j.model.openai.internal.shared.CompletionTokensDetails$Builder",
            "dev.langchain4j.model.openai.internal.shared.PromptTokensDetails",
            "dev.langchain4j.model.openai.internal.shared.PromptTokensDetails$Builder",
            "dev.langchain4j.model.openai.internal.shared.StreamOptions",
            "dev.langchain4j.model.openai.internal.shared.StreamOptions$Builder",
            "dev.langchain4j.model.openai.internal.shared.Usage",
            "dev.langchain4j.model.openai.internal.shared.Usage$Builder"
        })
final class NativeOpenAi {

    private NativeOpenAi() {}
}
