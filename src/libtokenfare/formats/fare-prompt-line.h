/* fare-prompt-line.h
 *
 * Which lines of a log are what the user asked for.  Read only when somebody looks at a
 * session; nothing of it is kept.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "formats/fare-pull.h"

G_BEGIN_DECLS

/* A prompt, as it stands in its line. */
typedef struct
{
  FareSpan text;         /* inside of a JSON string; never empty */
  FareSpan timestamp;    /* empty when the line has none */
  gboolean is_helper;    /* given to a helper agent, not by the user */
  gboolean is_stand_in;  /* counts only in a file where no other line is a prompt */
} FarePromptLine;

/* What the records of several clients have in common.  Raw JSON but for the texts. */
typedef struct
{
  FareSpan type;
  FareSpan timestamp;
  FareSpan role;         /* of the message inside */
  FareSpan content;      /* raw: of the record, or of the message inside */
  FareSpan payload;      /* raw */
  gboolean is_meta;      /* injected by the client */
  gboolean is_summary;   /* stands for a history that was cut */
  gboolean is_sidechain;
  gboolean has_agent;
} FarePromptRecord;

/**
 * fare_prompt_record_read:
 *
 * Returns: %FALSE when the line is no JSON object
 */
gboolean fare_prompt_record_read   (const char       *line,
                                    gsize             length,
                                    FarePromptRecord *record);

/**
 * fare_prompt_find_text:
 * @content: the raw JSON of a message's content
 * @injected: beginnings of texts that the client puts in, %NULL at the end
 * @text: (out): the first text that is not one of these
 *
 * Returns: whether there was one
 */
gboolean fare_prompt_find_text     (const FareSpan     *content,
                                    const char * const *injected,
                                    FareSpan           *text);

/* One for each client, as the "read_prompt" of its #FareFormat. */
gboolean fare_claude_read_prompt   (const char     *line,
                                    gsize           length,
                                    FarePromptLine *prompt);
gboolean fare_codex_read_prompt    (const char     *line,
                                    gsize           length,
                                    FarePromptLine *prompt);
gboolean fare_gemini_read_prompt   (const char     *line,
                                    gsize           length,
                                    FarePromptLine *prompt);
gboolean fare_pi_read_prompt       (const char     *line,
                                    gsize           length,
                                    FarePromptLine *prompt);
gboolean fare_qwen_read_prompt     (const char     *line,
                                    gsize           length,
                                    FarePromptLine *prompt);

G_END_DECLS
