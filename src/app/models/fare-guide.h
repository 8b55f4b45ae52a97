/* fare-guide.h
 *
 * The user's guide.  Its pages are Mallard files (data/help), which help viewers read where they are
 * installed; the window carries them inside and shows them itself, so that help needs neither a
 * viewer nor an installed program.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef enum
{
  FARE_GUIDE_TEXT,
  FARE_GUIDE_HEADING,
  FARE_GUIDE_ITEM,    /* of a list */
  FARE_GUIDE_SCREEN   /* what is typed into a terminal, as it stands */
} FareGuideKind;

typedef struct
{
  FareGuideKind  kind;
  char          *markup;  /* for Pango; links name the page they lead to */
} FareGuideBlock;

typedef struct
{
  char      *id;      /* "costs" */
  char      *title;
  char      *summary;
  GPtrArray *blocks;  /* (element-type FareGuideBlock) */
  GPtrArray *links;   /* (element-type utf8): ids of the pages that the text leads to */
} FareGuidePage;

/**
 * fare_guide_list_pages:
 *
 * Returns: (transfer none): ids of all pages in the order that they are read in, %NULL-terminated
 */
const char * const *fare_guide_list_pages (void);

/**
 * fare_guide_page_load:
 * @id: one of fare_guide_list_pages()
 *
 * Returns: (transfer full): the page in the first of the user's languages that has it, English at the
 *   last, or %NULL with @error set
 */
FareGuidePage *fare_guide_page_load  (const char     *id,
                                      GError        **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * fare_guide_page_parse:
 * @text: a Mallard page
 *
 * Understands what the guide uses: paragraphs, lists, sections, screens, and words marked as app, gui,
 * key, cmd, code, em and link.  Anything else is an error, so that nothing is left out in silence, and
 * so is a link without words of its own.
 *
 * Returns: (transfer full): the page, or %NULL with @error set
 */
FareGuidePage *fare_guide_page_parse (const char     *id,
                                      const char     *text,
                                      gssize          length,
                                      GError        **error) G_GNUC_WARN_UNUSED_RESULT;
void           fare_guide_page_free  (FareGuidePage  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FareGuidePage, fare_guide_page_free)

G_END_DECLS
